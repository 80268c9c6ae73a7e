package io.trigrun.internal;

import io.trigrun.handler.Outcome;
import io.trigrun.handler.OutcomeHandler;
import io.trigrun.handler.PayloadCodec;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.RunContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A host's handler: its payload read, its call blocking (row S20). */
public record HostHandler<P>(Class<P> type, OutcomeHandler<P> handler, PayloadCodec codec)
    implements ExecutionHandler {

  @Override
  public CompletionStage<HandlerResult> handle(RunContext context) throws Exception {
    P payload = read(context.claimed().execution().payload());
    Outcome outcome = handler.handle(payload, context);
    return CompletableFuture.completedFuture(
        HandlerResult.of(OutcomeRules.checked(outcome, codec)));
  }

  private P read(String json) {
    try {
      return codec.decode(json, type);
    } catch (IllegalArgumentException e) {
      throw new UnreadablePayloadException(
          "expected a payload that reads as "
              + type.getSimpleName()
              + ", got one that does not: "
              + e.getMessage(),
          e);
    }
  }
}
