package io.trigrun.notify;

import io.trigrun.Failure;
import io.trigrun.Priority;
import io.trigrun.Trigger;
import io.trigrun.handler.Outcome;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/**
 * Watches what is flapping (row N20): sleeps until it would be steady, looks, and goes back to
 * sleep if it has changed meanwhile. When it is steady, one write says so and tells the channel.
 */
record FlapHandler(JobStore store, Fanout fanout) implements ExecutionHandler {

  static final String NAME = "trigrun.flapping";

  private static final String ID = "flapping_id";
  private static final String SINCE = "since";

  /** To be stored with the change that makes it flapping. */
  static NewExecution watch(
      FlapDocument document, String workspace, Flapping flapping, Instant now) {
    Instant due = document.history().steadyAt(flapping).orElseThrow();
    Instant since = document.history().spell().orElseThrow().since();
    return new NewExecution(
        TimeOrderedId.at(now),
        workspace,
        DeliveryHandler.QUEUE,
        NAME,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Trigger.SYSTEM,
        Priority.NORMAL,
        due,
        due,
        now,
        Optional.of(UniqueKey.whileKept("flapping/" + document.id() + "/" + document.version())),
        Optional.empty(),
        JsonText.write(
            JsonText.object().put(ID, document.id().toString()).put(SINCE, since.toString())));
  }

  @Override
  public CompletionStage<HandlerResult> handle(RunContext run) {
    JsonNode payload = JsonText.read(run.claimed().execution().payload());
    UUID id = UUID.fromString(payload.required(ID).stringValue());
    Instant since = Instant.parse(payload.required(SINCE).stringValue());
    return CompletableFuture.completedFuture(
        Definitions.find(store, id, FlapDocument.KIND)
            .map(FlapDocument::read)
            .filter(document -> isStill(document, since))
            .map(document -> look(run, document))
            .orElseGet(() -> over("it is steady, or gone", WriteSet.empty())));
  }

  private static boolean isStill(FlapDocument document, Instant since) {
    return document.history().spell().filter(spell -> spell.since().equals(since)).isPresent();
  }

  private HandlerResult look(RunContext run, FlapDocument document) {
    Optional<RuleDocument> rule = rule(document);
    Optional<Definition> about =
        store.findDefinitions(List.of(document.ownerId())).stream().findFirst();
    if (rule.isEmpty() || about.isEmpty()) {
      return over(
          "the rule is gone, or does not know flapping any more",
          new WriteSet(
              List.of(),
              List.of(new DefinitionWrite.Delete(document.id(), document.version())),
              List.of()));
    }
    Flapping flapping = rule.get().options().flapping().orElseThrow();
    Instant steadyAt = document.history().steadyAt(flapping).orElseThrow();
    if (run.now().isBefore(steadyAt)) {
      return HandlerResult.of(Outcome.later(steadyAt));
    }
    WriteSet history =
        WriteSet.save(
            document
                .next(document.history().steady(), rule.get().id())
                .definition(run.workspace(), run.now()));
    List<NewExecution> news =
        FlapDecision.stopped(document, about.get(), rule.get(), run.now(), fanout).stream()
            .toList();
    return HandlerResult.of(Outcome.succeeded(), history.plus(WriteSet.enqueue(news)));
  }

  private Optional<RuleDocument> rule(FlapDocument document) {
    return store.findDefinitions(List.of(document.ruleId())).stream()
        .filter(RuleDocument::isRule)
        .map(RuleDocument::read)
        .filter(rule -> rule.options().flapping().isPresent())
        .findFirst();
  }

  private static HandlerResult over(String why, WriteSet writes) {
    return HandlerResult.of(new Outcome.Cancelled(new Failure("FLAPPING_OVER", why)), writes);
  }
}
