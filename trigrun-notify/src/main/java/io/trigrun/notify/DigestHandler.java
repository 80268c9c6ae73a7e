package io.trigrun.notify;

import io.trigrun.Cursor;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Labels;
import io.trigrun.handler.Outcome;
import io.trigrun.schedule.Firing;
import io.trigrun.schedule.MissedRunPolicy;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.WriteSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What happens at a firing of a digest (row N17): one write takes away what the rule has collected,
 * enqueues the one message that tells of it and goes on to the next firing. So whatever happens to
 * nodes, each item is in one summary.
 */
record DigestHandler(JobStore store, Fanout fanout) implements ExecutionHandler {

  static final String NAME = "trigrun.digest";

  private static final UUID LAST_ID = new UUID(-1, -1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Override
  public CompletionStage<HandlerResult> handle(RunContext run) {
    DigestCursor cursor = DigestCursor.read(run.claimed().execution().payload());
    return CompletableFuture.completedFuture(
        rule(cursor)
            .map(rule -> fire(run, rule, cursor.digest()))
            .orElseGet(
                () ->
                    HandlerResult.of(
                        new Outcome.Cancelled(
                            new Failure(
                                "DIGEST_CHANGED",
                                "the rule does not collect by this schedule any more")))));
  }

  private Optional<RuleDocument> rule(DigestCursor cursor) {
    return store.findDefinitions(List.of(cursor.ruleId())).stream()
        .filter(RuleDocument::isRule)
        .map(RuleDocument::read)
        .filter(rule -> rule.options().digest().equals(Optional.of(cursor.digest())))
        .filter(rule -> rule.digestVersion() == cursor.version())
        .findFirst();
  }

  private HandlerResult fire(RunContext run, RuleDocument rule, Digest digest) {
    Instant planned = run.checkpoint().map(Instant::parse).orElse(run.scheduledFor());
    Firing firing =
        Firing.decide(
            digest.schedule(), MissedRunPolicy.runOnce(), planned, run.now(), rule.createdAt());
    int due = firing.runs().size();
    Instant until = due == 0 ? planned : firing.runs().get(due - 1);
    if (isStillCollecting(run, until)) {
      return HandlerResult.of(onward(run.now().plus(PAUSE), planned));
    }
    DigestItems items = DigestItems.of(store, rule.id(), until);
    Outcome next =
        items.isAll()
            ? firing.next().map(at -> onward(at, at)).orElseGet(Outcome::succeeded)
            : onward(run.now(), planned);
    return HandlerResult.of(next, summary(run, rule, digest, until, items.oldest()));
  }

  private static Outcome onward(Instant at, Instant firing) {
    return Outcome.later(at).withCheckpoint(firing.toString());
  }

  /** What happened before the firing and is about to be put beside the others; for a minute. */
  private boolean isStillCollecting(RunContext run, Instant until) {
    return run.now().isBefore(until.plus(PATIENCE))
        && !store
            .listExecutions(
                ExecutionQuery.all(run.workspace())
                    .handler(CollectHandler.NAME)
                    .states(ExecutionState.PENDING, ExecutionState.RUNNING)
                    .after(new Cursor(until, LAST_ID))
                    .limit(1))
            .items()
            .isEmpty();
  }

  private WriteSet summary(
      RunContext run, RuleDocument rule, Digest digest, Instant until, List<Definition> items) {
    if (items.isEmpty()) {
      return WriteSet.empty();
    }
    Occurrence summary =
        new Occurrence(
            run.workspace(),
            "digest/" + items.get(0).id(),
            Optional.empty(),
            Optional.empty(),
            Labels.none(),
            DeliverySubject.none(),
            run.now(),
            List.of(NotificationEvent.DIGEST),
            event -> DigestMessage.of(items, until, digest));
    List<NewExecution> delivery =
        fanout
            .to(
                rule.channelId(),
                summary,
                new Hearing(NotificationEvent.DIGEST, rule.options().template()))
            .stream()
            .toList();
    List<DefinitionWrite> told =
        items.stream()
            .<DefinitionWrite>map(item -> new DefinitionWrite.Delete(item.id(), item.version()))
            .toList();
    return new WriteSet(delivery, told, List.of());
  }
}
