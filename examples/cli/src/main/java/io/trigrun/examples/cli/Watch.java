package io.trigrun.examples.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Looks at an execution again and again until it has ended. */
final class Watch {

  private static final Duration GLANCE = Duration.ofSeconds(1);
  private static final int TROUBLES = 10;

  private final Session session;
  private final ApiPath path;
  private final Optional<Duration> atMost;
  private final Instant start;
  private String shown = "";
  private int troubles;

  Watch(Session session, ApiPath path, Optional<Duration> atMost) {
    this.session = session;
    this.path = path;
    this.atMost = atMost;
    this.start = session.time().now();
  }

  /** The exit code. */
  int untilEnd() {
    while (true) {
      Duration pause = GLANCE;
      try {
        Reply reply = session.api().get(path);
        troubles = 0;
        String status = Values.of(reply.json().path("status"));
        boolean ended = Statuses.isFinal(status);
        progress(reply.json(), ended);
        if (ended) {
          end(reply);
          return status.equals("succeeded") ? ExitCode.DONE : ExitCode.WATCHED_FAILED;
        }
      } catch (Failure e) {
        pause = afterTrouble(e);
      }
      waitFor(pause);
    }
  }

  /** A server that restarts is no reason to go: what it runs goes on, too. */
  private Duration afterTrouble(Failure failure) {
    boolean passes =
        failure.retryAfter().isPresent()
            || (failure.exitCode() == ExitCode.UNREACHABLE && !shown.isEmpty());
    troubles++;
    if (!passes || troubles > TROUBLES) {
      session.output().leaveLine();
      throw failure;
    }
    return failure.retryAfter().orElse(GLANCE.multipliedBy(troubles));
  }

  private void waitFor(Duration pause) {
    Duration left = atMost.map(most -> most.minus(passed())).orElse(pause);
    if (left.isNegative() || left.isZero()) {
      session.output().leaveLine();
      throw Failure.unreachable(
          "the execution has not ended within " + Span.words(atMost.orElse(Duration.ZERO)));
    }
    session.time().pass(left.compareTo(pause) < 0 ? left : pause);
    if (Thread.currentThread().isInterrupted()) {
      throw Failure.unreachable("interrupted");
    }
  }

  private void progress(JsonNode execution, boolean ended) {
    String line = line(execution);
    if (rewrites()) {
      session.output().rewrite(line + " · " + Span.words(passed()));
    } else if (!line.equals(shown)) {
      if (session.asJson()) {
        session.output().note(line);
      } else {
        session.output().line(line);
      }
    }
    shown = line;
    if (ended) {
      session.output().leaveLine();
    }
  }

  private void end(Reply reply) {
    if (session.asJson()) {
      session.output().json(reply.body());
    }
  }

  private static String line(JsonNode execution) {
    List<String> parts = new ArrayList<>();
    parts.add(Values.of(execution.path("id")));
    parts.add(Values.of(execution.path("status")));
    JsonNode attempts = execution.path("attempts");
    int number = attempts.isArray() ? attempts.size() : execution.path("attempt").asInt(0);
    if (number > 1) {
      parts.add("attempt " + number);
    }
    JsonNode progress = execution.path("progress");
    if (progress.path("fraction").isNumber()) {
      parts.add(Math.round(progress.path("fraction").doubleValue() * 100) + " %");
    }
    for (JsonNode more :
        List.of(
            progress.path("message"),
            execution.path("waiting_reason"),
            execution.path("error_class"),
            execution.path("error"))) {
      if (!Values.isNothing(more)) {
        parts.add(Values.plain(more));
      }
    }
    return String.join(" · ", parts);
  }

  private boolean rewrites() {
    return session.output().screen().isTerminal() && !session.asJson();
  }

  private Duration passed() {
    return Duration.between(start, session.time().now());
  }
}
