package io.trigrun.internal;

import io.trigrun.Json;
import io.trigrun.handler.Outcome;
import io.trigrun.handler.PayloadCodec;
import io.trigrun.spi.Boundary;
import io.trigrun.validation.Problem;
import io.trigrun.validation.StorableText;
import java.util.Optional;

/**
 * What a handler may leave in the store: JSON, not too much of anything, and nothing that only some
 * stores can hold. It is data, so it is refused and not mended.
 */
final class OutcomeRules {

  private static final int LONGEST = 1024 * 1024;

  /** What is wrong with an outcome. */
  private record Fault(Problem problem, boolean mayPass) {

    /** Other data of another attempt may do. */
    static Fault passing(Problem problem) {
      return new Fault(problem, true);
    }

    /** The handler does not do what it should, and won't. */
    static Fault lasting(String field, String expected, String got) {
      return new Fault(new Problem(field, expected, got), false);
    }

    Outcome failure() {
      Outcome.Failed failed = Outcome.failed("UNUSABLE_OUTCOME", problem.message());
      return mayPass ? failed : failed.withoutRetry();
    }
  }

  private OutcomeRules() {}

  /** The outcome, or a failure that says what is wrong with it. */
  static Outcome checked(Outcome outcome, PayloadCodec codec) {
    return fault(outcome, codec).map(Fault::failure).orElse(outcome);
  }

  /** What is wrong with an output, if anything is. */
  static Optional<Problem> problem(String output, PayloadCodec codec) {
    return output(output, codec).map(Fault::problem);
  }

  /** What is wrong with a boundary, if anything is. */
  static Optional<Problem> problem(Boundary boundary) {
    return boundary
        .checkpoint()
        .flatMap(OutcomeRules::checkpoint)
        .or(
            () ->
                boundary.journal().stream()
                    .flatMap(entry -> text("journal", entry.document()).stream())
                    .findFirst())
        .map(Fault::problem);
  }

  private static Optional<Fault> fault(Outcome outcome, PayloadCodec codec) {
    if (outcome instanceof Outcome.Succeeded succeeded) {
      return succeeded.output().flatMap(json -> output(json, codec));
    }
    if (outcome instanceof Outcome.Later later) {
      return later.checkpoint().flatMap(OutcomeRules::checkpoint);
    }
    if (outcome instanceof Outcome.Parked parked) {
      return parked
          .checkpoint()
          .flatMap(OutcomeRules::checkpoint)
          .or(
              () ->
                  parked.waitKeys().stream()
                      .flatMap(key -> unstorable("wait_key", key).stream())
                      .findFirst());
    }
    return Optional.empty();
  }

  private static Optional<Fault> output(String json, PayloadCodec codec) {
    return tooLong("output", json)
        .or(() -> noJson(json, codec))
        .or(() -> unstorable("output", json));
  }

  private static Optional<Fault> checkpoint(String notes) {
    return text("checkpoint", notes);
  }

  private static Optional<Fault> text(String what, String text) {
    return tooLong(what, text).or(() -> unstorable(what, text));
  }

  private static Optional<Fault> tooLong(String what, String text) {
    return text.length() <= LONGEST
        ? Optional.empty()
        : Optional.of(
            Fault.lasting(
                what, "at most " + LONGEST + " characters", String.valueOf(text.length())));
  }

  private static Optional<Fault> noJson(String output, PayloadCodec codec) {
    try {
      String ignored = codec.encode(new Json(output));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          Fault.lasting("output", "JSON", "something else: " + String.valueOf(e.getMessage())));
    }
  }

  private static Optional<Fault> unstorable(String what, String text) {
    return StorableText.problem(text, what).map(Fault::passing);
  }
}
