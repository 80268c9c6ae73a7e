package io.trigrun.workflow.internal.inbound;

import io.trigrun.inbound.ClientNetwork;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.throttle.Buckets;
import io.trigrun.workflow.internal.link.WaitLink;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Who may try how often. Strangers are counted by address, and only when they fail: nobody who has
 * a link is locked out by a neighbour. Answers are counted by wait.
 */
final class Throttle {

  private static final int ANSWERS = 30;
  private static final Duration ANSWER_REFILL = Duration.ofSeconds(1);

  private final Buckets failures;
  private final Buckets answers;

  Throttle(Clock clock) {
    this.failures = Buckets.ofFailures(clock);
    this.answers = new Buckets(ANSWERS, ANSWER_REFILL, clock);
  }

  /** Counts a failure: how long to wait, if there were too many. */
  Optional<Duration> failure(InboundRequest request) {
    return failures.take(ClientNetwork.of(request));
  }

  /** Counts an answer: how long to wait, if there were too many. */
  Optional<Duration> answer(WaitLink link) {
    return answers.take(link.waitId());
  }
}
