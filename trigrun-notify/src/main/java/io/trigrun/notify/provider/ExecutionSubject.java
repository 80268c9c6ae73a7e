package io.trigrun.notify.provider;

import java.util.Optional;
import java.util.UUID;

/**
 * An execution of a job that has ended, or one of whose attempts has failed.
 *
 * @param status of the execution after the attempt: {@code succeeded}, {@code failed} or, if it is
 *     tried again, {@code queued}
 * @param statusCode the HTTP status, or the exit code of a command, where there was one
 * @param bodyPreview the start of the attempt's answer or log, at most 4 KB
 * @param errorClass a short word for what went wrong, {@code HTTP_5XX} for example
 * @param output the execution's output, a JSON text
 * @param run how it came about
 */
public record ExecutionSubject(
    UUID jobId,
    String jobName,
    UUID executionId,
    String status,
    Optional<Integer> statusCode,
    Optional<String> bodyPreview,
    Optional<String> errorClass,
    Optional<String> output,
    RunDetail run)
    implements Subject {}
