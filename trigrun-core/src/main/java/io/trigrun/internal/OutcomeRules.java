package io.trigrun.internal;

import io.trigrun.Json;
import io.trigrun.handler.Outcome;
import io.trigrun.handler.PayloadCodec;
import java.util.Optional;

/** What a handler may leave in the store: JSON, and not too much of anything. */
final class OutcomeRules {

  private static final int LONGEST = 1024 * 1024;

  private OutcomeRules() {}

  /** The outcome, or a failure that says what is wrong with it. */
  static Outcome checked(Outcome outcome, PayloadCodec codec) {
    if (outcome instanceof Outcome.Succeeded succeeded && succeeded.output().isPresent()) {
      return tooLong("output", succeeded.output())
          .or(() -> noJson(succeeded.output().get(), codec))
          .orElse(outcome);
    }
    if (outcome instanceof Outcome.Later later) {
      return tooLong("checkpoint", later.checkpoint()).orElse(outcome);
    }
    if (outcome instanceof Outcome.Parked parked) {
      return tooLong("checkpoint", parked.checkpoint()).orElse(outcome);
    }
    return outcome;
  }

  private static Optional<Outcome> tooLong(String what, Optional<String> text) {
    return text.filter(content -> content.length() > LONGEST)
        .map(
            content ->
                failed(
                    "expected at most %d characters of %s, got %d"
                        .formatted(LONGEST, what, content.length())));
  }

  private static Optional<Outcome> noJson(String output, PayloadCodec codec) {
    try {
      String ignored = codec.encode(new Json(output));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(failed("expected JSON as output, got something else: " + e.getMessage()));
    }
  }

  private static Outcome failed(String message) {
    return Outcome.failed("UNUSABLE_OUTCOME", message).withoutRetry();
  }
}
