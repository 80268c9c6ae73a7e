package io.trigrun.examples.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.workflow.WorkflowRun;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ApprovalFlowTest {

  @TempDir Path folder;

  @Test
  void an_order_is_reserved_line_by_line_paid_by_callback_and_packed_however_often_it_is_sent()
      throws Exception {
    try (ApprovalFlow flow = ApprovalFlow.open(folder.resolve("data"), 0)) {
      WorkflowRun run = flow.end(flow.order("delivery-1", Pipelines.AN_ORDER));
      assertThat(flow.order("delivery-1", Pipelines.AN_ORDER)).isEqualTo(run.execution().id());

      assertThat(run.execution().state()).isEqualTo(ExecutionState.SUCCEEDED);
      assertThat(run.execution().output())
          .contains(
              "{\"order\":42,\"shelves\":[\"shelf 10\",\"shelf 12\"],"
                  + "\"receipt\":\"R-2026-0815\",\"label\":\"Order 42\"}");
      assertThat(flow.services.writes())
          .contains("POST /stock/cup {\"quantity\":2}", "POST /stock/plate {\"quantity\":6}")
          .hasSize(3);
    }
  }

  @Test
  void a_review_outlives_a_restart_and_its_link_still_works() throws Exception {
    UUID run;
    URI approve;
    int port;
    try (ApprovalFlow flow = ApprovalFlow.open(folder.resolve("data"), 0)) {
      run = flow.review();
      approve = URI.create(flow.link(run, "approve_url"));
      port = approve.getPort();
    }
    try (ApprovalFlow flow = ApprovalFlow.open(folder.resolve("data"), port)) {
      assertThat(flow.review()).isEqualTo(run);

      int status =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(approve).POST(BodyPublishers.noBody()).build(),
                  BodyHandlers.discarding())
              .statusCode();

      assertThat(status).isEqualTo(200);
      assertThat(flow.end(run).execution().state()).isEqualTo(ExecutionState.SUCCEEDED);
      assertThat(flow.services.writes())
          .containsExactly(
              "PUT /limits/7 {\"limit\":12000,\"approved_by\":\"somebody\",\"reason\":\"\"}");
    }
  }
}
