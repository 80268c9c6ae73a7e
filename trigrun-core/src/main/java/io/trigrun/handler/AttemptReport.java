package io.trigrun.handler;

import io.trigrun.AttemptStatus;
import java.util.Map;
import java.util.Optional;

/**
 * What an attempt leaves in the history besides its outcome.
 *
 * @param statusCode the HTTP status, or the exit code of a command, where there was one
 * @param bodyPreview the start of the answer; empty keeps the handler's log
 * @param headers headers of the answer that are worth keeping
 */
public record AttemptReport(
    AttemptStatus status,
    Optional<Integer> statusCode,
    Optional<String> bodyPreview,
    Map<String, String> headers) {

  private static final AttemptReport SUCCESS = of(AttemptStatus.SUCCESS);
  private static final AttemptReport ERROR = of(AttemptStatus.ERROR);

  public AttemptReport {
    headers = Map.copyOf(headers);
  }

  private static AttemptReport of(AttemptStatus status) {
    return new AttemptReport(status, Optional.empty(), Optional.empty(), Map.of());
  }

  /** It went well, and there is no more to tell. */
  public static AttemptReport success() {
    return SUCCESS;
  }

  /** It failed, and there is no more to tell. */
  public static AttemptReport error() {
    return ERROR;
  }
}
