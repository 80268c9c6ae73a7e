package io.trigrun.workflow;

import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.handler.Outcome;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.spi.Extension;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.Host;
import io.trigrun.spi.JobStore;
import io.trigrun.testing.ManualClock;
import io.trigrun.workflow.internal.trigger.Intake;
import io.trigrun.workflow.internal.trigger.StoredTriggers;
import io.trigrun.workflow.internal.trigger.TriggerReencryptor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A TrigRun with a job that webhooks start. Nothing of it runs: what is enqueued can be seen. */
final class TriggerScenario implements AutoCloseable {

  static final String KEY = "dGVzdC1rZXktb2YtMzItYnl0ZXMtZm9yLXRyaWdydW4=";
  static final String SECRET = "a-shared-secret-of-tests";
  static final TriggerSpec SHARED =
      TriggerSpec.of(TriggerVerification.sharedSecret()).withSecrets(SECRET);

  /** What the interpreter makes of a workflow, as far as triggers look at it. */
  record Action(String kind) implements ExtensionAction {
    @Override
    public String handler() {
      return "trigrun.workflow";
    }

    @Override
    public String document() {
      return "{\"kind\":\"" + kind + "\",\"steps\":[]}";
    }

    @Override
    public String payload() {
      return "{\"workflow\":" + document() + "}";
    }
  }

  final ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
  final TrigRun trigrun;
  final Host host;
  final Triggers triggers;
  final TriggerDesk desk;
  final Job job;
  private final TestStore.Opened opened;

  TriggerScenario() {
    this(TestStore.MEMORY.open(), TriggerLimits.defaults());
  }

  TriggerScenario(TestStore kind) {
    this(kind.open(), TriggerLimits.defaults());
  }

  TriggerScenario(TriggerLimits limits) {
    this(TestStore.MEMORY.open(), limits);
  }

  /** Closes the store, too. */
  TriggerScenario(TestStore.Opened opened, TriggerLimits limits) {
    this(opened, limits, KeyRing.of("test", KEY));
  }

  TriggerScenario(TestStore.Opened opened, TriggerLimits limits, KeyRing keys) {
    this.opened = opened;
    AtomicReference<@Nullable Host> joined = new AtomicReference<>();
    trigrun =
        TrigRun.builder()
            .store(opened.store())
            .clock(clock)
            .secrets(SecretCipher.aesGcm(keys))
            .extension(
                known -> {
                  joined.set(known);
                  return contribution(known);
                })
            .build();
    host = Objects.requireNonNull(joined.get());
    triggers = new StoredTriggers(host, TrigRun.DEFAULT_WORKSPACE);
    desk = new Intake(host, limits);
    job = trigrun.jobs().save(spec("on-push", "webhook_trigger"));
  }

  private static Extension.Contribution contribution(Host host) {
    HandlerRegistration handler =
        new HandlerRegistration(
            "trigrun.workflow",
            "default",
            RetryPolicy.none(),
            context -> CompletableFuture.completedFuture(HandlerResult.of(Outcome.succeeded())));
    return new Extension.Contribution(List.of(handler), List.of())
        .withReencryption(() -> new TriggerReencryptor(host).run());
  }

  static JobSpec spec(String name, String kind) {
    return JobSpec.named(name).action(new Action(kind)).build();
  }

  JobStore store() {
    return opened.store();
  }

  /** Gives the job its address. */
  String token(TriggerSpec spec) {
    return triggers.issue(job.id(), spec).token();
  }

  TriggerReceipt receive(String token, InboundRequest request) {
    return desk.receive(token, request);
  }

  /** The runs of the job, newest first. */
  List<Execution> runs() {
    return trigrun
        .executions()
        .list(ExecutionQuery.all(TrigRun.DEFAULT_WORKSPACE).limit(1_000))
        .items();
  }

  static InboundRequest json(String body) {
    return InboundRequest.of("POST", "/triggers/x")
        .withHeader("Content-Type", "application/json")
        .withRemoteAddress("192.0.2.7")
        .withBody(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Known to {@link #SHARED}. */
  static InboundRequest proven(String body) {
    return json(body).withHeader("X-Webhook-Secret", SECRET);
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    trigrun.close();
    opened.close();
  }
}
