package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The headers by which a target traces and de-duplicates requests (row S8): {@code Job-Id}, {@code
 * Execution-Id}, {@code Scheduled-For} (ISO 8601, UTC, milliseconds) and {@code Attempt}, and
 * {@code Parent-Execution-Id} where another run has started this one, each behind a prefix. Only
 * {@code Attempt} differs between retries. They replace headers of the same name that a job sets.
 *
 * @param prefix {@code X-TrigRun-} by default; 1 to 64 characters of a header name
 */
public record TracingHeaders(String prefix) {

  private static final List<String> SUFFIXES =
      List.of("Job-Id", "Execution-Id", "Scheduled-For", "Attempt", "Parent-Execution-Id");

  /** With the prefix {@code X-TrigRun-}. */
  public static final TracingHeaders DEFAULT = new TracingHeaders("X-TrigRun-");

  /**
   * @throws io.trigrun.validation.ValidationException if the prefix is no part of a header name
   */
  public TracingHeaders {
    Problems.require(
        prefix.length() <= 64 && HeaderRules.isToken(prefix),
        "tracing_header_prefix",
        "1 to 64 characters of a header name, such as X-TrigRun-",
        Texts.quoted(prefix));
  }

  /** The headers of one attempt, in a fixed order; no {@code Job-Id} without a job. */
  public Map<String, String> of(RunStamp run) {
    Map<String, String> headers = new LinkedHashMap<>();
    run.jobId().ifPresent(id -> headers.put(prefix + "Job-Id", id));
    headers.put(prefix + "Execution-Id", run.executionId().toString());
    headers.put(prefix + "Scheduled-For", run.timestamp());
    headers.put(prefix + "Attempt", Integer.toString(run.attempt()));
    run.parentExecutionId()
        .ifPresent(id -> headers.put(prefix + "Parent-Execution-Id", id.toString()));
    return headers;
  }

  boolean owns(String header) {
    return SUFFIXES.stream().anyMatch(s -> header.equalsIgnoreCase(prefix + s));
  }
}
