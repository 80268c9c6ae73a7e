package io.trigrun.signing;

import io.trigrun.validation.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The secret of today and those before it, which count for a while longer: so that sender and
 * receiver need not change it in the same moment (row N16). Immutable; {@link #toString} shows
 * nothing of the secrets.
 */
public final class SigningKeys {

  /** How long the secret before counts, unless another time is given. */
  public static final Duration DEFAULT_OVERLAP = Duration.ofHours(24);

  /** How long it may count at most. */
  public static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  private static final int MOST_OLD = 10;

  /** Counts before {@code until}. */
  private record Old(SigningSecret secret, Instant until) {}

  private final SigningSecret current;
  private final List<Old> old;

  private SigningKeys(SigningSecret current, List<Old> old) {
    Problems.require(
        old.size() <= MOST_OLD,
        "signing_secrets",
        "at most " + MOST_OLD + " old ones; start again with a ring of the current one only",
        old.size());
    this.current = current;
    this.old = List.copyOf(old);
  }

  /** One secret and none before it. */
  public static SigningKeys of(SigningSecret current) {
    return new SigningKeys(current, List.of());
  }

  /**
   * The same with a secret that was in use before all of these: to restore a ring.
   *
   * @param until from when on it counts no more
   * @throws io.trigrun.validation.ValidationException if that makes more than 10 old ones
   */
  public SigningKeys withOld(SigningSecret secret, Instant until) {
    List<Old> more = new ArrayList<>(old);
    more.add(new Old(secret, until));
    return new SigningKeys(current, more);
  }

  /** As {@link #rotatedTo(SigningSecret, Instant, Duration)}, with {@link #DEFAULT_OVERLAP}. */
  public SigningKeys rotatedTo(SigningSecret next, Instant now) {
    return rotatedTo(next, now, DEFAULT_OVERLAP);
  }

  /**
   * The ring after a change of the secret. Those that have expired are dropped. A secret that
   * somebody has stolen should not count a moment longer: {@link #of} the next one.
   *
   * @param overlap how long the current one still counts: zero to {@link #LONGEST_OVERLAP}
   * @throws io.trigrun.validation.ValidationException for another overlap, or if that makes more
   *     than 10 old ones
   */
  public SigningKeys rotatedTo(SigningSecret next, Instant now, Duration overlap) {
    Problems.require(
        !overlap.isNegative() && overlap.compareTo(LONGEST_OVERLAP) <= 0,
        "overlap",
        "zero to 7 days",
        overlap);
    List<Old> before =
        Stream.concat(Stream.of(new Old(current, now.plus(overlap))), old.stream())
            .filter(one -> one.until().isAfter(now))
            .toList();
    return new SigningKeys(next, before);
  }

  /** The secret of today. */
  public SigningSecret current() {
    return current;
  }

  /** What counts at a moment: the current secret, then the others, newest first. */
  public List<SigningSecret> at(Instant now) {
    Stream<SigningSecret> before =
        old.stream().filter(one -> one.until().isAfter(now)).map(Old::secret);
    return Stream.concat(Stream.of(current), before).distinct().toList();
  }

  /** All, whether they count or not. */
  List<SigningSecret> all() {
    return at(Instant.MIN);
  }

  @Override
  public String toString() {
    return "SigningKeys[" + (1 + old.size()) + "]";
  }
}
