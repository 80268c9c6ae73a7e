package io.trigrun.http;

import io.trigrun.trace.TraceContext;
import io.trigrun.validation.Problems;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which attempt of which execution a request belongs to: all that templates and tracing headers may
 * depend on. Everything but {@code attempt} is the same in each retry, so nothing rendered has to
 * be stored for retries to send the same request.
 *
 * @param jobId the job, empty for an execution without one; visible ASCII, at most 200 characters
 * @param executionId the execution
 * @param scheduledFor the instant the execution was planned for, also the value of {@code
 *     {{timestamp}}}
 * @param replay 0 for the first life of an execution; another number gives another {@code {{uuid}}}
 * @param attempt 1 for the first try
 * @param parentExecutionId the run that started this one, empty if no run has
 * @param trace where the attempt is in which trace; goes out as {@code traceparent} and {@code
 *     tracestate}
 */
public record RunStamp(
    Optional<String> jobId,
    UUID executionId,
    Instant scheduledFor,
    int replay,
    int attempt,
    Optional<UUID> parentExecutionId,
    Optional<TraceContext> trace) {

  /**
   * @throws io.trigrun.validation.ValidationException for an attempt below 1, a negative replay or
   *     a job id that no header can carry
   */
  public RunStamp {
    Problems.require(attempt >= 1, "attempt", "1 or more", attempt);
    Problems.require(replay >= 0, "replay", "0 or more", replay);
    jobId.ifPresent(
        id ->
            Problems.require(
                id.length() <= 200 && id.chars().allMatch(c -> c > ' ' && c < 127),
                "job_id",
                "at most 200 visible ASCII characters",
                Texts.quoted(id)));
  }

  /** The stamp of an execution that no trace knows. */
  public RunStamp(
      Optional<String> jobId,
      UUID executionId,
      Instant scheduledFor,
      int replay,
      int attempt,
      Optional<UUID> parentExecutionId) {
    this(jobId, executionId, scheduledFor, replay, attempt, parentExecutionId, Optional.empty());
  }

  /** The stamp of an execution that no other run has started. */
  public RunStamp(
      Optional<String> jobId, UUID executionId, Instant scheduledFor, int replay, int attempt) {
    this(jobId, executionId, scheduledFor, replay, attempt, Optional.empty());
  }

  /** The stamp of a job's execution in its first life. */
  public static RunStamp of(String jobId, UUID executionId, Instant scheduledFor, int attempt) {
    return new RunStamp(Optional.of(jobId), executionId, scheduledFor, 0, attempt);
  }

  /** The same execution on another try: only the attempt number differs. */
  public RunStamp withAttempt(int number) {
    return new RunStamp(jobId, executionId, scheduledFor, replay, number, parentExecutionId, trace);
  }

  /** The same attempt at a place in a trace. */
  public RunStamp withTrace(Optional<TraceContext> place) {
    return new RunStamp(
        jobId, executionId, scheduledFor, replay, attempt, parentExecutionId, place);
  }

  String timestamp() {
    return IsoMillis.format(scheduledFor);
  }

  /** RFC 9562 version 5 with the execution id as the namespace. */
  UUID uuid() {
    byte[] name = ("trigrun/uuid/" + timestamp() + "/" + replay).getBytes(StandardCharsets.UTF_8);
    MessageDigest sha1 = sha1();
    sha1.update(longs(executionId));
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static byte[] longs(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1"); // what RFC 9562 prescribes; no secrecy needed
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
