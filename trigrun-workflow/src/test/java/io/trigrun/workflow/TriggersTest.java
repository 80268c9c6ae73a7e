package io.trigrun.workflow;

import static io.trigrun.workflow.TriggerScenario.SHARED;
import static io.trigrun.workflow.TriggerScenario.proven;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ConflictException;
import io.trigrun.Job;
import io.trigrun.NotFoundException;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.Reencryption;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.TriggerReceipt.Refused;
import io.trigrun.workflow.TriggerReceipt.Started;
import io.trigrun.workflow.TriggerReceipt.Unknown;
import io.trigrun.workflow.internal.trigger.StoredTriggers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("W7: addresses of jobs that webhooks start")
@OnEveryStore
class TriggersTest {

  private final TestStore store;

  TriggersTest(TestStore store) {
    this.store = store;
  }

  @Test
  void a_token_is_shown_once_and_kept_as_a_hash() {
    try (TriggerScenario scenario = new TriggerScenario(store)) {
      TriggerWithToken issued = scenario.triggers.issue(scenario.job.id(), SHARED);
      assertThat(issued.token()).matches("trg_[A-Za-z0-9_-]{43}");
      assertThat(scenario.triggers.find(scenario.job.id())).contains(issued.trigger());
      assertThat(issued.trigger().webhookSecretConfigured()).isTrue();
      assertThat(issued.trigger().spec().secrets()).isEmpty();
      assertThat(definitions(scenario))
          .singleElement()
          .satisfies(
              kept ->
                  assertThat(kept.toString())
                      .doesNotContain(issued.token())
                      .doesNotContain(TriggerScenario.SECRET));
      assertThat(started(scenario, issued.token())).isTrue();
    }
  }

  @Test
  void only_jobs_of_the_workspace_that_webhooks_start_have_an_address_and_one_at_most() {
    try (TriggerScenario scenario = new TriggerScenario(store)) {
      Job other = scenario.trigrun.jobs().save(TriggerScenario.spec("hourly", "workflow"));
      assertThatThrownBy(() -> scenario.triggers.issue(other.id(), SHARED))
          .isInstanceOf(ValidationException.class)
          .hasMessageStartingWith("job_id: expected a job of kind webhook_trigger");
      UUID nobody = UUID.randomUUID();
      assertThatThrownBy(() -> scenario.triggers.issue(nobody, SHARED))
          .isInstanceOf(NotFoundException.class);
      scenario.token(SHARED);
      assertThatThrownBy(() -> scenario.token(SHARED)).isInstanceOf(ConflictException.class);
    }
  }

  @Test
  void a_job_of_another_workspace_is_as_unknown_as_one_that_nobody_has() {
    try (TriggerScenario scenario = new TriggerScenario(store)) {
      UUID job = scenario.job.id();
      String token = scenario.token(SHARED);
      Triggers foreign = new StoredTriggers(scenario.host, "acme");
      assertThat(foreign.find(job)).isEmpty();
      assertThatThrownBy(() -> foreign.issue(job, SHARED)).isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> foreign.update(job, SHARED)).isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> foreign.revoke(job)).isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> foreign.rotate(job, Duration.ZERO))
          .isInstanceOf(NotFoundException.class);
      assertThat(started(scenario, token)).isTrue();
    }
  }

  @Test
  void runs_belong_to_the_workspace_of_the_job() {
    try (TriggerScenario scenario = new TriggerScenario(store)) {
      Job acme =
          scenario
              .trigrun
              .workspace("acme")
              .jobs()
              .save(TriggerScenario.spec("on-push", "webhook_trigger"));
      String token = new StoredTriggers(scenario.host, "acme").issue(acme.id(), SHARED).token();
      assertThat(started(scenario, token)).isTrue();
      assertThat(scenario.runs()).isEmpty();
      var executions = scenario.trigrun.workspace("acme").executions();
      assertThat(executions.list(executions.query()).items())
          .singleElement()
          .satisfies(run -> assertThat(run.jobId()).contains(acme.id()));
    }
  }

  @Test
  void an_old_token_works_until_the_overlap_ends() {
    try (TriggerScenario scenario = new TriggerScenario(store)) {
      String old = scenario.token(SHARED);
      String next = scenario.triggers.rotate(scenario.job.id(), Duration.ofHours(1)).token();
      assertThat(started(scenario, old)).isTrue();
      assertThat(started(scenario, next)).isTrue();

      scenario.clock.advance(Duration.ofHours(1));
      assertThat(scenario.receive(old, proven("{}"))).isEqualTo(new Unknown());
      assertThat(started(scenario, next)).isTrue();

      scenario.triggers.rotate(scenario.job.id(), Duration.ofHours(1));
      assertThat(definitions(scenario)).hasSize(2);
    }
  }

  @Test
  void without_overlap_all_old_tokens_end_at_once() {
    try (TriggerScenario scenario = new TriggerScenario(store)) {
      String first = scenario.token(SHARED);
      String second = scenario.triggers.rotate(scenario.job.id(), Duration.ofDays(7)).token();
      String third = scenario.triggers.rotate(scenario.job.id(), Duration.ZERO).token();
      assertThat(scenario.receive(first, proven("{}"))).isEqualTo(new Unknown());
      assertThat(scenario.receive(second, proven("{}"))).isEqualTo(new Unknown());
      assertThat(started(scenario, third)).isTrue();
      assertThatThrownBy(() -> scenario.triggers.rotate(scenario.job.id(), Duration.ofDays(8)))
          .isInstanceOf(ValidationException.class)
          .hasMessageStartingWith("overlap: expected zero to 7 days");
    }
  }

  @Test
  void five_old_tokens_work_at_most() {
    try (TriggerScenario scenario = new TriggerScenario(store)) {
      List<String> tokens = new ArrayList<>(List.of(scenario.token(SHARED)));
      for (int i = 0; i < 6; i++) {
        scenario.clock.advance(Duration.ofMinutes(1));
        tokens.add(scenario.triggers.rotate(scenario.job.id(), Duration.ofDays(1)).token());
      }
      assertThat(tokens.stream().filter(token -> started(scenario, token)).toList())
          .isEqualTo(tokens.subList(1, 7));
    }
  }

  @Test
  void secrets_that_are_not_given_stay() {
    try (TriggerScenario scenario = new TriggerScenario(store)) {
      String token = scenario.token(SHARED);
      WebhookTrigger found = scenario.triggers.find(scenario.job.id()).orElseThrow();
      WebhookTrigger updated =
          scenario.triggers.update(
              scenario.job.id(), found.spec().withTolerance(Duration.ofSeconds(10)));
      assertThat(updated.spec().tolerance()).isEqualTo(Duration.ofSeconds(10));
      assertThat(updated.webhookSecretConfigured()).isTrue();
      assertThat(started(scenario, token)).isTrue();

      scenario.triggers.update(scenario.job.id(), SHARED.withSecrets("another-secret"));
      assertThat(scenario.receive(token, proven("{}"))).isInstanceOf(Refused.class);

      scenario.triggers.update(scenario.job.id(), TriggerSpec.unverified());
      assertThat(scenario.triggers.find(scenario.job.id()))
          .hasValueSatisfying(open -> assertThat(open.webhookSecretConfigured()).isFalse());
      TriggerSpec github = TriggerSpec.of(TriggerVerification.github());
      assertThatThrownBy(() -> scenario.triggers.update(scenario.job.id(), github))
          .isInstanceOf(ValidationException.class)
          .hasMessageStartingWith("webhook_secret: expected one at least");
    }
  }

  @Test
  void every_part_of_a_spec_is_kept() {
    try (TriggerScenario scenario = new TriggerScenario(store)) {
      TriggerSpec spec =
          TriggerSpec.of(
                  TriggerVerification.hmac("X-Sig", "v1=", TriggerVerification.Encoding.BASE64)
                      .withTimestampHeader("X-Time"))
              .withTolerance(Duration.ofMinutes(1))
              .withDeliveryId(TriggerDeliveryId.ofBody("$.event.id").orBodyHash())
              .withUniformResponse()
              .withKeptHeaders("X-Event", "Content-Type");
      scenario.token(spec.withSecrets("a-secret"));
      assertThat(scenario.triggers.find(scenario.job.id()))
          .hasValueSatisfying(found -> assertThat(found.spec()).isEqualTo(spec));
    }
  }

  @Test
  void what_is_revoked_is_unknown_with_all_its_tokens() {
    try (TriggerScenario scenario = new TriggerScenario(store)) {
      String old = scenario.token(SHARED);
      String next = scenario.triggers.rotate(scenario.job.id(), Duration.ofDays(1)).token();
      scenario.triggers.revoke(scenario.job.id());
      assertThat(scenario.triggers.find(scenario.job.id())).isEmpty();
      assertThat(definitions(scenario)).isEmpty();
      assertThat(scenario.receive(old, proven("{}"))).isEqualTo(new Unknown());
      assertThat(scenario.receive(next, proven("{}"))).isEqualTo(new Unknown());
      assertThat(started(scenario, scenario.token(SHARED))).isTrue();
    }
  }

  @Test
  void the_address_goes_with_the_job() {
    try (TriggerScenario scenario = new TriggerScenario(store)) {
      String old = scenario.token(SHARED);
      String next = scenario.triggers.rotate(scenario.job.id(), Duration.ofDays(1)).token();
      scenario.trigrun.jobs().delete(scenario.job.id());
      assertThat(definitions(scenario)).isEmpty();
      assertThat(scenario.receive(old, proven("{}"))).isEqualTo(new Unknown());
      assertThat(scenario.receive(next, proven("{}"))).isEqualTo(new Unknown());
    }
  }

  @Test
  void a_named_secret_is_the_workspaces_own_and_stays_while_it_is_needed() {
    try (TriggerScenario scenario = new TriggerScenario(store)) {
      scenario.trigrun.secrets().create("hook", TriggerScenario.SECRET);
      String token = scenario.token(SHARED.withSecrets("secret://hook"));
      assertThat(started(scenario, token)).isTrue();
      assertThatThrownBy(() -> scenario.trigrun.secrets().delete("hook"))
          .isInstanceOf(ConflictException.class);
      scenario.triggers.revoke(scenario.job.id());
      scenario.trigrun.secrets().delete("hook");
    }
  }

  @Test
  void secrets_are_encrypted_anew_under_the_newest_key() {
    String newer = KeyRing.generateKey();
    TestStore.Opened opened = store.open();
    String token;
    try (TestStore.Opened shared = opened) {
      TriggerScenario before =
          new TriggerScenario(
              new TestStore.Opened(shared.store(), () -> {}), TriggerLimits.defaults());
      token = before.token(SHARED);
      KeyRing both = KeyRing.of("newer", newer).alsoDecrypts("test", TriggerScenario.KEY);
      TriggerScenario after = new TriggerScenario(shared, TriggerLimits.defaults(), both);
      assertThat(after.trigrun.reencryptSecrets()).isEqualTo(new Reencryption(1, 0, List.of()));
      assertThat(after.trigrun.reencryptSecrets()).isEqualTo(new Reencryption(0, 1, List.of()));
      TriggerScenario last =
          new TriggerScenario(shared, TriggerLimits.defaults(), KeyRing.of("newer", newer));
      assertThat(started(last, token)).isTrue();
      before.trigrun.close();
      after.trigrun.close();
      last.trigrun.close();
    }
  }

  private static boolean started(TriggerScenario scenario, String token) {
    return scenario.receive(token, proven("{}")) instanceof Started;
  }

  private static List<Definition> definitions(TriggerScenario scenario) {
    return scenario
        .store()
        .listDefinitions(DefinitionQuery.ofAllWorkspaces("webhook_trigger"))
        .items();
  }
}
