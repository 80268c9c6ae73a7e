package io.trigrun.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.route.Answer;
import io.trigrun.route.Refusal;
import io.trigrun.route.Route;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {

  private static final Route ONE =
      Route.get("/jobs/{id}", "get_job", "x").answers(204).to(call -> Answer.done());
  private static final Route IMPORT =
      Route.post("/jobs/import", "import_jobs", "x").answers(204).to(call -> Answer.done());
  private static final RouteTable TABLE = new RouteTable(List.of(ONE, IMPORT));

  private static Route found(String method, String target) {
    InboundRequest request = InboundRequest.of(method, target);
    return TABLE.find(request).orElseThrow().route(request);
  }

  @Test
  void words_go_before_parameters() {
    assertThat(found("GET", "/jobs/7")).isSameAs(ONE);
    assertThat(found("HEAD", "/jobs/a%2Fb")).isSameAs(ONE);
    assertThat(found("POST", "/jobs/import")).isSameAs(IMPORT);
    assertThatThrownBy(() -> found("GET", "/jobs/import")).isInstanceOf(Refusal.class);
    assertThat(TABLE.find(InboundRequest.of("GET", "/jobs/"))).isEmpty();
    assertThat(TABLE.find(InboundRequest.of("GET", "/jobs/7/x"))).isEmpty();
  }

  @Test
  void no_route_is_there_twice() {
    Route other = Route.get("/jobs/{job}", "other", "x").answers(204).to(call -> Answer.done());
    assertThatThrownBy(() -> new RouteTable(List.of(ONE, other)))
        .hasMessageContaining("GET /jobs/{job}");
  }
}
