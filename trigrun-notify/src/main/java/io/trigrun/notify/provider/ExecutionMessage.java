package io.trigrun.notify.provider;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An execution of a job has ended, or one of its attempts has failed.
 *
 * @param event {@code execution.succeeded}, {@code execution.failed}, {@code execution.completed}
 *     or {@code execution.error}
 * @param status of the execution after the attempt: {@code succeeded}, {@code failed} or, if it is
 *     tried again, {@code queued}
 * @param statusCode the HTTP status, or the exit code of a command, where there was one
 * @param bodyPreview the start of the attempt's answer or log, at most 4 KB
 * @param errorClass a short word for what went wrong, {@code HTTP_5XX} for example
 * @param output the execution's output, a JSON text
 */
public record ExecutionMessage(
    String event,
    UUID jobId,
    String jobName,
    UUID executionId,
    String status,
    Optional<Integer> statusCode,
    Optional<String> bodyPreview,
    Optional<String> errorClass,
    Optional<String> output,
    Instant at)
    implements Message {}
