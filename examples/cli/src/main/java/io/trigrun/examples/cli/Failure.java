package io.trigrun.examples.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Why a command ends without having done its work, for people to read. Holds no token. */
final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int exitCode;
  private final transient List<String> details;
  private final transient Optional<String> json;
  private final transient Optional<Duration> retryAfter;

  private Failure(
      int exitCode,
      String message,
      List<String> details,
      Optional<String> json,
      Optional<Duration> retryAfter) {
    super(message);
    this.exitCode = exitCode;
    this.details = List.copyOf(details);
    this.json = json;
    this.retryAfter = retryAfter;
  }

  private static Failure of(int exitCode, String message) {
    return new Failure(exitCode, message, List.of(), Optional.empty(), Optional.empty());
  }

  static Failure usage(String message) {
    return of(ExitCode.USAGE, message);
  }

  static Failure unreachable(String message) {
    return of(ExitCode.UNREACHABLE, message);
  }

  /** By something that is not the API, or by an answer that nobody understands. */
  static Failure refused(String message) {
    return of(ExitCode.REFUSED, message);
  }

  /** By the API, in its own words. */
  static Failure refused(int exitCode, String message, List<String> details, String json) {
    return new Failure(exitCode, message, details, Optional.of(json), Optional.empty());
  }

  /** The same, of something that passes. */
  Failure passing(Duration retryAfter) {
    return new Failure(exitCode, message(), details, json, Optional.of(retryAfter));
  }

  int exitCode() {
    return exitCode;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  /** Lines that go below the message. */
  List<String> details() {
    return details;
  }

  /** The answer of the API as it is. */
  Optional<String> json() {
    return json;
  }

  /** When to try again, if that may help. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
