package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows W1, W7, W14 as one: a webhook starts a run, once, with what it brought. */
class TriggeredRunTest {

  private final Stage stage =
      new Stage(
          new InMemoryJobStore(),
          builder -> builder,
          builder -> builder.secrets(SecretCipher.aesGcm(KeyRing.of("k", KeyRing.generateKey()))));

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void a_webhook_starts_a_run_with_what_it_brought() {
    Job job =
        stage.job(
            "orders",
            Workflow.startedByWebhook(
                Step.handler("say", "note")
                    .input("\"{{trigger.body.order}}/{{trigger.query.shop}}\"")));
    TriggerSpec spec =
        TriggerSpec.of(TriggerVerification.sharedSecret()).withSecrets("a-secret-of-twenty-chars");
    String token = stage.workflows.triggers().issue(job.id(), spec).token();

    assertThat(post(token, "wrong-secret-of-twenty-c").status()).isEqualTo(401);
    assertThat(post(token, "a-secret-of-twenty-chars").bodyText()).contains("\"received\":");
    assertThat(post("trg_unknown", "a-secret-of-twenty-chars").status()).isEqualTo(200);
    stage.driver.runDue();

    assertThat(stage.notes).containsExactly("say[]:\"7/north\"");
    var runs = stage.trigrun.executions().list(stage.trigrun.executions().query().job(job.id()));
    assertThat(runs.items()).hasSize(1);
    assertThat(runs.items().get(0).state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(stage.view(runs.items().get(0).id()).triggerInput().text())
        .contains("\"order\":7")
        .doesNotContain("secret");
  }

  private InboundResponse post(String token, String secret) {
    return stage
        .workflows
        .routes()
        .handle(
            InboundRequest.of("POST", "/triggers/" + token + "?shop=north")
                .withHeader("Content-Type", "application/json")
                .withHeader("X-Webhook-Secret", secret)
                .withBody("{\"order\": 7}".getBytes(StandardCharsets.UTF_8)))
        .orElseThrow();
  }
}
