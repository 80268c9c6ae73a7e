package io.trigrun.notify;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.http.BodyPreview;
import io.trigrun.notify.provider.ExecutionMessage;
import io.trigrun.spi.AttemptEnd;
import java.util.Optional;

/** Turns the end of an attempt into a message, with texts that any store and receiver can hold. */
final class Messages {

  private static final int PREVIEW_BYTES = 4_096;
  private static final int WORD_BYTES = 200;
  private static final int NAME_BYTES = 800;

  private Messages() {}

  static ExecutionMessage of(AttemptEnd end, Job job, NotificationEvent event) {
    Execution execution = end.execution();
    boolean succeeded = execution.state() == ExecutionState.SUCCEEDED;
    Optional<String> errorClass =
        end.attempt()
            .flatMap(Attempt::errorClass)
            .or(() -> execution.failure().map(Failure::errorClass))
            .filter(word -> !succeeded);
    return new ExecutionMessage(
        event.wireName(),
        job.id(),
        BodyPreview.cut(job.name(), NAME_BYTES),
        execution.id(),
        status(execution.state()),
        end.attempt().flatMap(Attempt::statusCode),
        end.attempt()
            .flatMap(Attempt::bodyPreview)
            .map(text -> BodyPreview.cut(text, PREVIEW_BYTES)),
        errorClass.map(word -> BodyPreview.cut(word, WORD_BYTES)),
        execution.output(),
        end.at());
  }

  /** The words of the platform. */
  private static String status(ExecutionState state) {
    return switch (state) {
      case PENDING -> "queued";
      case RUNNING -> "running";
      case WAITING -> "waiting";
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
    };
  }
}
