package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The page itself, its headers and its forms: the tests of the package internal.inbound. */
@OnEveryStore
@DisplayName("W13: nobody decides by accident, and it is known who has decided and why")
class W13SafeDecisionsTest extends Row {

  private static final ApprovalStep REVIEW =
      Step.approval("review", "Ship?")
          .requiringComment()
          .with(PLAIN.timeout(Duration.ofMinutes(20)));
  private static final String BASE = Stage.URL + "/v1";

  W13SafeDecisionsTest(TestStore kind) {
    super(kind, workflows -> workflows.approvers(ApproverResolver.principal()), trigrun -> trigrun);
  }

  private static InboundRequest request(String method, String url) {
    return InboundRequest.of(method, url.substring(BASE.length()));
  }

  private static InboundRequest form(String url, String... fields) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      parts.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return request("POST", url)
        .withHeader("Content-Type", "application/x-www-form-urlencoded")
        .withBody(String.join("&", parts).getBytes(StandardCharsets.UTF_8));
  }

  private static String find(String pattern, String page) {
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    assertThat(matcher.find()).as(pattern + " in " + page).isTrue();
    return matcher.group(1);
  }

  private JsonNode decision(UUID run) {
    return json(stage.view(run).stepExecutions().get(0).output().orElseThrow().text());
  }

  @Test
  void link_scanners_may_open_whatever_they_like() {
    UUID run = stage.run(Workflow.of(REVIEW, Step.waitForWebhook("w")), "{}");
    for (String link : List.of("review_url", "approve_url", "reject_url")) {
      for (String method : List.of("GET", "HEAD", "GET")) {
        InboundResponse response = handle(request(method, stage.link(run, link)));
        assertThat(response.status()).as(method + " " + link).isEqualTo(200);
        assertThat(response.headers().toString()).contains("no-store", "no-referrer");
        assertThat(response.bodyText()).doesNotContain("<script", "http-equiv");
      }
      assertThat(handle(request("OPTIONS", stage.link(run, link))).status()).isEqualTo(405);
    }

    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    assertThat(stage.view(run).stepExecutions())
        .extracting(StepExecution::status)
        .containsExactly("waiting");
  }

  @Test
  void a_person_opens_the_page_gives_a_reason_and_decides() {
    UUID run = stage.run(Workflow.of(REVIEW), "{}");
    String page = handle(request("GET", stage.link(run, "review_url"))).bodyText();
    String nonce = find("name=\"nonce\" value=\"([^\"]+)\"", page);
    String action = BASE + "/approvals/" + find("formaction=\"([^\"]+/approve)\"", page);

    InboundResponse without = handle(form(action, "nonce", nonce, "decided_by", "Ann"));
    assertThat(without.status()).isEqualTo(400);
    assertThat(without.bodyText()).contains("please give a reason");
    assertThat(handle(form(action, "comment", "ok")).status()).as("of no page").isEqualTo(400);
    InboundResponse done =
        handle(form(action, "nonce", nonce, "decided_by", "Ann", "comment", "looks <good>"));

    assertThat(done.status()).isEqualTo(200);
    assertThat(done.bodyText()).contains("looks &lt;good&gt;");
    assertThat(decision(run).path("comment").stringValue()).isEqualTo("looks <good>");
    assertThat(decision(run).path("decided_by").toString()).isEqualTo("{\"claimed\":\"Ann\"}");
    assertThat(decision(run).path("decided_at").stringValue()).isEqualTo("2026-03-16T10:00:00Z");
  }

  @Test
  void what_the_hosts_login_says_is_recorded_apart_from_what_people_claim() {
    UUID run = stage.run(Workflow.of(REVIEW), "{}");
    Principal ann = () -> "ann@example.com";
    handle(
        request("POST", stage.link(run, "approve_url"))
            .withPrincipal(ann)
            .withHeader("Content-Type", "application/json")
            .withBody(
                "{\"comment\": \"ok\", \"decided_by\": \"the boss\"}"
                    .getBytes(StandardCharsets.UTF_8)));

    assertThat(decision(run).path("decided_by").path("verified").stringValue())
        .isEqualTo("ann@example.com");
  }

  @Test
  void links_are_good_for_one_purpose_one_answer_and_as_long_as_the_wait() {
    UUID run = stage.run(Workflow.of(REVIEW), "{}");
    String review = stage.link(run, "review_url");
    String approve = stage.link(run, "approve_url");
    String reject = stage.link(run, "reject_url");
    String ok = "{\"comment\": \"ok\"}";

    assertThat(stage.post(review + "/approve", ok).status()).as("a review link").isEqualTo(404);
    assertThat(stage.post(approve.replace("/approve", "/reject"), ok).status()).isEqualTo(404);
    assertThat(stage.post(approve, "{}").status()).as("without a reason").isEqualTo(400);
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    assertThat(stage.post(reject, ok).status()).isEqualTo(200);
    assertThat(stage.post(approve, ok).status()).isEqualTo(409);

    UUID late = stage.run(Workflow.of(REVIEW), "{}");
    String lateLink = stage.link(late, "approve_url");
    stage.driver.advance(Duration.ofMinutes(20));
    assertThat(stage.post(lateLink, ok).status()).isEqualTo(410);
    InboundResponse page = handle(request("GET", lateLink));
    assertThat(page.status()).isEqualTo(410);
    assertThat(page.bodyText()).doesNotContain("<form");
  }

  @Test
  void as_many_as_required_approve_each_by_a_link_of_their_own() {
    UUID run =
        stage.run(
            Workflow.of(Step.approval("review", "Ship?").approvers(2, "ann", "bob", "cid")), "{}");
    String ann = stage.link(run, "approvers", "ann", "approve_url");
    String bob = stage.link(run, "approvers", "bob", "approve_url");
    String cid = stage.link(run, "approvers", "cid", "reject_url");

    assertThat(stage.post(ann, "{\"decided_by\": \"bob\"}").bodyText())
        .contains("\"approvals_missing\":1");
    assertThat(stage.post(ann, "{}").status()).as("the same again").isEqualTo(200);
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    stage.clock.advance(Duration.ofSeconds(1));
    stage.post(bob, "{}");

    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(decision(run).path("votes").values())
        .extracting(vote -> vote.path("approver").stringValue())
        .containsExactly("ann", "bob");
    assertThat(stage.post(cid, "{}").status()).isEqualTo(409);
    assertThat(bulletin.asked.get(0).reviewUrls())
        .extracting(reviewer -> reviewer.name().orElseThrow())
        .containsExactly("ann", "bob", "cid");
  }

  @Test
  void one_no_is_enough_however_many_have_said_yes() {
    UUID run =
        stage.run(
            Workflow.of(Step.approval("review", "Ship?").approvers(2, "ann", "bob", "cid")), "{}");
    String bob = stage.link(run, "approvers", "bob", "approve_url");
    stage.post(stage.link(run, "approvers", "ann", "approve_url"), "{}");
    stage.clock.advance(Duration.ofSeconds(1));
    stage.post(stage.link(run, "approvers", "cid", "reject_url"), "{\"comment\": \"no\"}");

    assertThat(stage.failure(run)).isEqualTo("REJECTED");
    assertThat(message(run)).contains("cid");
    assertThat(stage.post(bob, "{}").status()).isEqualTo(409);
  }
}
