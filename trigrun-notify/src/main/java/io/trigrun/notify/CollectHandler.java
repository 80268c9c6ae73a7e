package io.trigrun.notify;

import io.trigrun.Failure;
import io.trigrun.handler.Outcome;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.WriteSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Puts a message beside the others that wait for the summary of a rule (row N17). */
record CollectHandler(JobStore store) implements ExecutionHandler {

  static final String NAME = "trigrun.collect";

  @Override
  public CompletionStage<HandlerResult> handle(RunContext run) {
    DigestItem item = DigestItem.read(run.claimed().execution().payload());
    boolean isWanted =
        store.findDefinitions(List.of(item.ruleId())).stream().anyMatch(RuleDocument::isRule);
    return CompletableFuture.completedFuture(
        isWanted
            ? HandlerResult.of(Outcome.succeeded(), WriteSet.save(item.definition(run.workspace())))
            : HandlerResult.of(
                new Outcome.Cancelled(new Failure("rule_deleted", "the rule was deleted"))));
  }
}
