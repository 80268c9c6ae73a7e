package io.trigrun.workflow.internal.run;

import io.trigrun.handler.PayloadCodec;
import io.trigrun.workflow.StepContext;
import io.trigrun.workflow.StepFailedException;
import io.trigrun.workflow.StepHandler;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A host's step handler: its input read, its output written, its exceptions told. */
public record StepFunction<I>(Class<I> type, StepHandler<I> handler, PayloadCodec codec) {

  private static final int LONGEST_MESSAGE = 2_000;
  private static final int LONGEST_OUTPUT = 256 * 1024;

  TaskResult call(JsonNode input, StepContext context) throws InterruptedException {
    I value;
    try {
      value = codec.decode(Nodes.write(input), type);
    } catch (Throwable e) {
      // Codecs of hosts do not all throw what they should, and whatever flies ends the attempt.
      return failed(
          "INPUT_UNREADABLE",
          "expected an input that reads as "
              + type.getSimpleName()
              + ", got one that does not: "
              + messageOf(e),
          false);
    }
    try {
      return output(handler.handle(value, context));
    } catch (InterruptedException e) {
      throw e;
    } catch (StepFailedException e) {
      return new TaskResult.Failed(
          StepFailure.of(e.errorClass(), cut(String.valueOf(e.getMessage()))),
          e.isRetryable(),
          e.retryAfter());
    } catch (Throwable e) {
      // Errors of host code too: a handler that can't be linked must not take the worker with it.
      return failed(e.getClass().getSimpleName(), messageOf(e), true);
    }
  }

  private TaskResult output(@Nullable Object result) {
    if (result == null) {
      return new TaskResult.Success(Nodes.nothing(), OptionalInt.empty(), false);
    }
    try {
      String json = codec.encode(result);
      return json.length() > LONGEST_OUTPUT
          ? failed(
              "OUTPUT_TOO_LARGE",
              "expected an output of at most 262,144 characters of JSON, got "
                  + json.length()
                  + "; keep large data elsewhere and return a reference",
              false)
          : new TaskResult.Success(Nodes.readInput(json), OptionalInt.empty(), false);
    } catch (Throwable e) {
      return failed(
          "OUTPUT_UNWRITABLE",
          "expected an output that the payload codec can write as JSON, got a "
              + result.getClass().getSimpleName(),
          false);
    }
  }

  private static TaskResult failed(String errorClass, String message, boolean retry) {
    return new TaskResult.Failed(StepFailure.of(errorClass, cut(message)), retry, Optional.empty());
  }

  /** An exception of the host may do anything, even here. */
  private static String messageOf(Throwable cause) {
    try {
      String message = cause.getMessage();
      return message == null ? cause.getClass().getName() : message;
    } catch (RuntimeException e) {
      return cause.getClass().getName();
    }
  }

  private static String cut(String text) {
    String storable = io.trigrun.validation.StorableText.of(text);
    if (storable.length() <= LONGEST_MESSAGE) {
      return storable;
    }
    int end = LONGEST_MESSAGE;
    return storable.substring(
        0, Character.isHighSurrogate(storable.charAt(end - 1)) ? end - 1 : end);
  }
}
