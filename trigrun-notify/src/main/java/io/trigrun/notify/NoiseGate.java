package io.trigrun.notify;

import io.trigrun.Failure;
import io.trigrun.RateLimit;
import io.trigrun.handler.Outcome;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.Rate;
import io.trigrun.spi.RateReservation;
import io.trigrun.spi.RunContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Whether a delivery may be sent now, as far as the noise control of its channel goes (row N20).
 */
record NoiseGate(JobStore store) {

  private static final String TURN = "turn ";

  /** What becomes of it instead of being sent; empty if it may be. */
  Optional<Outcome> check(RunContext run, NoiseControl noise, DeliveryPayload payload) {
    Instant now = run.now();
    if (noise.mutedUntil().filter(now::isBefore).isPresent()) {
      return dropped("muted", "the channel is muted until " + noise.mutedUntil().get());
    }
    if (noise.quietHours().isPresent()) {
      QuietHours quiet = noise.quietHours().get();
      Optional<Instant> end =
          quiet.failuresBreakThrough() && payload.isUrgent() ? Optional.empty() : quiet.end(now);
      if (end.isPresent()) {
        return switch (quiet.mode()) {
          case DROP -> dropped("quiet_hours", "the channel has quiet hours until " + end.get());
          case DEFER -> later(run, end.get(), "the channel has quiet hours until " + end.get());
        };
      }
    }
    return Optional.empty();
  }

  /**
   * Takes a turn of the channel, if it has a pace; empty if that is now. Asked when nothing else is
   * in the way, because a turn is given for good.
   */
  Optional<Outcome> pace(RunContext run, NoiseControl noise, UUID channelId) {
    if (noise.pace().isEmpty() || hasTurn(run)) {
      return Optional.empty();
    }
    RateLimit pace = noise.pace().get();
    Rate rate = new Rate("channel:" + channelId, pace.limit(), pace.per());
    Instant turn = store.reserve(List.of(new RateReservation(List.of(rate), run.now()))).get(0);
    if (!turn.isAfter(run.now())) {
      return Optional.empty();
    }
    run.progress(0, "the channel's pace lets it be sent at " + turn);
    return Optional.of(Outcome.later(turn).withCheckpoint(TURN + lease(run)));
  }

  /** It was given its turn by the claim before this one, and this is it. */
  private static boolean hasTurn(RunContext run) {
    return run.checkpoint().equals(Optional.of(TURN + (lease(run) - 1)));
  }

  private static long lease(RunContext run) {
    return run.claimed().execution().lease();
  }

  private static Optional<Outcome> later(RunContext run, Instant at, String why) {
    run.progress(0, why);
    return Optional.of(Outcome.later(at));
  }

  private static Optional<Outcome> dropped(String reason, String message) {
    return Optional.of(new Outcome.Cancelled(new Failure(reason, message)));
  }
}
