package io.trigrun.workflow.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.spi.StoreException;
import io.trigrun.workflow.ApproverResolver;
import io.trigrun.workflow.internal.wait.Settlement;
import io.trigrun.workflow.internal.wait.WaitDesk;
import io.trigrun.workflow.internal.wait.WaitView;
import io.trigrun.workflow.internal.wait.WaitView.Kind;
import io.trigrun.workflow.internal.wait.WaitView.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is true of every route. */
class WaitRoutesTest {

  private final Endpoints endpoints = new Endpoints();

  @Property
  void reading_changes_nothing_whatever_else_a_request_says(
      @ForAll("paths") String suffix,
      @ForAll("types") String type,
      @ForAll String body,
      @ForAll Status status,
      @ForAll Kind kind) {
    Endpoints some = new Endpoints();
    some.desk.is(status);
    WaitView view = some.desk.view.orElseThrow();
    some.desk.view =
        Optional.of(new WaitView(kind, view.question(), view.terms(), view.votes(), status));
    for (String path : some.all()) {
      for (String method : List.of("GET", "HEAD", "head", "OPTIONS", "PUT", "DELETE", "TRACE")) {
        InboundRequest request =
            InboundRequest.of(method, path + suffix)
                .withHeader("Content-Type", type)
                .withHeader("X-HTTP-Method-Override", "POST")
                .withBody(body.getBytes(StandardCharsets.UTF_8));
        var unused = some.maybe(request);
      }
    }
    assertThat(some.desk.handedIn).isEmpty();
  }

  @Test
  void every_answer_has_every_header() {
    List<InboundResponse> answers = new ArrayList<>();
    for (Status status : Status.values()) {
      endpoints.desk.is(status);
      for (String path : endpoints.all()) {
        answers.add(endpoints.get(path));
        answers.add(endpoints.get(path.replace("wt1", "wt2")));
        answers.add(endpoints.send(InboundRequest.of("PUT", path)));
        answers.add(endpoints.postJson(path, "{}"));
        answers.add(endpoints.postJson(path, "{"));
        answers.add(endpoints.post(path, "image/png", "x"));
        answers.add(endpoints.post(path, "application/x-www-form-urlencoded", "x"));
      }
    }

    assertThat(answers).extracting(InboundResponse::status).contains(200, 404, 405, 410, 429);
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.header("Cache-Control")).contains("no-store");
              assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
              assertThat(answer.header("X-Frame-Options")).contains("DENY");
              assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
              assertThat(answer.header("X-Robots-Tag")).contains("noindex, nofollow");
              assertThat(answer.header("Cross-Origin-Opener-Policy")).contains("same-origin");
              assertThat(answer.header("Content-Security-Policy").orElseThrow())
                  .matches(
                      "default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; form-action"
                          + " 'self'; frame-ancestors 'none'; base-uri 'none'");
              assertThat(answer.header("Set-Cookie")).isEmpty();
            });
  }

  @Test
  void whatever_is_wrong_with_a_link_the_answer_is_the_same() {
    String page = endpoints.get("/approvals/nonsense").bodyText();
    String token = endpoints.review("").substring("/approvals/".length());
    Endpoints stranger = new Endpoints();

    for (String path :
        List.of(
            "/approvals/" + token.substring(0, token.length() - 1),
            "/approvals/" + token + "A",
            "/approvals/" + token + "/approve",
            endpoints.approve("").replace("/approve", "/reject"),
            endpoints.approve("").replace("/approve", ""),
            endpoints.resume().replace("/resume", "/approvals"),
            stranger.review(""))) {
      InboundResponse answer = endpoints.get(path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.bodyText()).isEqualTo(page);
    }
    for (String path :
        List.of(
            "/resume/x", "/resume/" + token, endpoints.approve("").replace("approve", "reject"))) {
      InboundResponse answer = endpoints.postJson(path, "{}");
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.bodyText())
          .isEqualTo(
              "{\"error\":{\"code\":\"not_found\",\"message\":\"there is nothing here\",\"details\":[]}}");
    }
    assertThat(endpoints.desk.handedIn).isEmpty();
  }

  @Test
  void a_link_to_one_kind_of_wait_does_nothing_to_the_other() {
    WaitView view = endpoints.desk.view.orElseThrow();
    endpoints.desk.view =
        Optional.of(
            new WaitView(Kind.WEBHOOK, view.question(), view.terms(), List.of(), Status.OPEN));

    assertThat(endpoints.get(endpoints.review("")).status()).isEqualTo(404);
    assertThat(endpoints.postJson(endpoints.approve(""), "{}").status()).isEqualTo(404);
    assertThat(endpoints.desk.handedIn).isEmpty();
    var unused = endpoints.postJson(endpoints.resume(), "{\"decision\":\"approved\"}");
    assertThat(endpoints.desk.handedIn).allMatch(input -> input.startsWith("WEBHOOK "));
  }

  @Test
  void who_fails_too_often_is_slowed_down_and_whose_link_holds_is_not() {
    int tries = 0;
    while (endpoints.get("/approvals/guess" + tries).status() == 404) {
      tries++;
    }

    assertThat(tries).isEqualTo(30);
    InboundResponse refused = endpoints.get("/approvals/guess");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).contains("2");
    assertThat(endpoints.get(endpoints.review("")).status()).isEqualTo(200);
    endpoints.clock.advance(Duration.ofSeconds(2));
    assertThat(endpoints.get("/approvals/guess").status()).isEqualTo(404);
    assertThat(endpoints.get("/approvals/guess").status()).isEqualTo(429);
  }

  @Test
  void one_wait_is_not_answered_without_end() {
    int tries = 0;
    while (endpoints.postJson(endpoints.resume(), "{}").status() == 200) {
      tries++;
    }

    assertThat(tries).isEqualTo(30);
    assertThat(endpoints.postJson(endpoints.resume(), "{}").status()).isEqualTo(429);
  }

  @Test
  void other_paths_are_left_to_others() {
    for (String path :
        List.of(
            "/", "/resume", "/approvals", "/jobs/1", "/approvals/a/b", "/approvals/a/approve/c")) {
      assertThat(endpoints.maybe(InboundRequest.of("GET", path))).as(path).isEmpty();
    }
  }

  @Test
  void a_store_that_is_away_for_a_moment_is_no_answer_about_the_link() {
    WaitRoutes routes =
        new WaitRoutes(endpoints.keys, new Away(true), ApproverResolver.none(), endpoints.clock);
    InboundResponse page =
        routes.handle(InboundRequest.of("GET", endpoints.review(""))).orElseThrow();
    InboundResponse json =
        routes.handle(InboundRequest.of("POST", endpoints.resume())).orElseThrow();

    assertThat(List.of(page.status(), json.status())).containsOnly(503);
    assertThat(page.header("Retry-After")).contains("5");
    assertThat(page.bodyText()).contains("Please try again soon");
    assertThat(json.bodyText()).contains("unavailable");
    WaitRoutes broken =
        new WaitRoutes(endpoints.keys, new Away(false), ApproverResolver.none(), Clock.systemUTC());
    assertThatThrownBy(() -> broken.handle(InboundRequest.of("GET", endpoints.review(""))))
        .isInstanceOf(StoreException.class);
  }

  private record Away(boolean mayPass) implements WaitDesk {

    @Override
    public Optional<WaitView> view(UUID executionId, String waitKey) {
      throw exception();
    }

    @Override
    public Settlement settle(UUID executionId, String waitKey, Kind kind, String inputJson) {
      throw exception();
    }

    private StoreException exception() {
      IOException cause = new IOException("no route");
      return mayPass
          ? StoreException.unavailable("away", cause)
          : StoreException.refused("broken", cause);
    }
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of("", "?decision=approve", "?_method=POST&comment=x", "/", "/approve");
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of("application/json", "text/plain", "application/x-www-form-urlencoded");
  }
}
