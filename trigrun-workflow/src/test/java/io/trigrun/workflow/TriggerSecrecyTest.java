package io.trigrun.workflow;

import static io.trigrun.workflow.TriggerScenario.SECRET;
import static io.trigrun.workflow.TriggerScenario.SHARED;
import static io.trigrun.workflow.TriggerScenario.json;
import static io.trigrun.workflow.TriggerScenario.proven;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.validation.ValidationException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("W7: neither token nor secret is seen anywhere")
class TriggerSecrecyTest {

  @Test
  void neither_is_shown_logged_or_kept() {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    List<Object> shown = new ArrayList<>();
    String token;
    String next;
    try (TriggerScenario scenario = new TriggerScenario()) {
      TriggerWithToken issued = scenario.triggers.issue(scenario.job.id(), SHARED);
      token = issued.token();
      TriggerWithToken rotated = scenario.triggers.rotate(scenario.job.id(), Duration.ofHours(1));
      next = rotated.token();
      InboundRequest wrong = json("{}").withHeader("X-Webhook-Secret", SECRET + "x");
      shown.addAll(
          List.of(
              SHARED,
              issued,
              rotated,
              scenario.triggers.find(scenario.job.id()),
              proven("{}"),
              scenario.receive(token, proven("{}")),
              scenario.receive(token, wrong)));
      scenario.trigrun.jobs().pause(scenario.job.id());
      shown.add(scenario.receive(next, proven("{}")));
      shown.addAll(scenario.runs());
      shown.addAll(
          scenario
              .store()
              .listDefinitions(DefinitionQuery.ofAllWorkspaces("webhook_trigger"))
              .items());
    } finally {
      System.setErr(before);
    }
    assertThat(shown).hasSize(11);
    assertThat(shown)
        .allSatisfy(
            object -> assertThat(String.valueOf(object)).doesNotContain(SECRET, token, next));
    assertThat(log.toString(UTF_8)).doesNotContain(SECRET, token, next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        "Set-Cookie",
        "X-Webhook-Secret",
        "X-Hub-Signature-256",
        "Stripe-Signature",
        "webhook-signature",
        "X-Gitlab-Token",
        "X-Api-Key",
        "X-Shopify-Hmac-Sha256"
      })
  void headers_that_hold_credentials_cannot_be_kept(String name) {
    assertThatThrownBy(() -> SHARED.withKeptHeaders("X-Event", name))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("headers: expected none that holds a credential");
  }

  @Test
  void the_header_of_the_proof_is_not_kept_whatever_it_is_called() {
    TriggerSpec spec =
        TriggerSpec.of(new TriggerVerification.SharedSecret("X-Who"))
            .withSecrets(SECRET)
            .withKeptHeaders("X-Who", "X-Event");
    try (TriggerScenario scenario = new TriggerScenario()) {
      scenario.receive(
          scenario.token(spec),
          json("{}").withHeader("X-Who", SECRET).withHeader("X-Event", "push"));
      assertThat(scenario.runs())
          .singleElement()
          .satisfies(
              run ->
                  assertThat(run.payload())
                      .contains("\"headers\":{\"x-event\":\"push\"}")
                      .doesNotContain(SECRET));
    }
  }

  @Test
  void what_is_wrong_with_a_secret_is_told_without_it() {
    for (String secret : new String[] {"", " ", "secret://a b", "a\nb", "é", "x".repeat(501)}) {
      assertThatThrownBy(() -> SHARED.withSecrets(secret))
          .isInstanceOf(ValidationException.class)
          .hasMessageStartingWith("webhook_secret: expected");
    }
    assertThatThrownBy(() -> TriggerSpec.unverified().withSecrets(SECRET))
        .isInstanceOf(ValidationException.class)
        .hasMessageNotContaining(SECRET);
  }
}
