package io.trigrun.signing;

import io.trigrun.validation.Problems;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For those who receive webhooks: says whether a request is what it claims to be.
 *
 * <pre>{@code
 * WebhookVerifier verifier = WebhookVerifier.of(SignatureScheme.standard(), secret);
 * byte[] body = exchange.getRequestBody().readAllBytes();
 * if (!verifier.verify(body, exchange.getRequestHeaders()).isValid()) {
 *   exchange.sendResponseHeaders(401, -1);
 * }
 * }</pre>
 *
 * Immutable and safe for use by many threads. Give it the bytes as they came: verify first, parse
 * afterwards. Compares in constant time. A message may be sent again, signed anew: drop repetitions
 * by {@code webhook-id} or {@code X-TrigRun-Delivery-Id}, together with what you do about it.
 */
public final class WebhookVerifier {

  private static final String HEADER = "X-Webhook-Signature";
  private static final String FIELD = "signing_secret";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Duration LONGEST_TOLERANCE = Duration.ofHours(24);

  private final SignatureScheme scheme;
  private final SigningKeys keys;
  private final Duration tolerance;
  private final Clock clock;
  private final Optional<ReplayStore> replays;

  private WebhookVerifier(
      SignatureScheme scheme,
      SigningKeys keys,
      Duration tolerance,
      Clock clock,
      Optional<ReplayStore> replays) {
    this.scheme = scheme;
    this.keys = keys;
    this.tolerance = tolerance;
    this.clock = clock;
    this.replays = replays;
  }

  /**
   * Verifies {@code X-Webhook-Signature}, which covers the body and no time.
   *
   * @param secret the signing secret of the channel or callback, all of it
   */
  public static WebhookVerifier of(String secret) {
    return of(SignatureScheme.bodyHex(HEADER), secret);
  }

  /**
   * Verifies signatures of a scheme.
   *
   * @throws io.trigrun.validation.ValidationException naming {@code signing_secret} if the scheme
   *     can't use it
   */
  public static WebhookVerifier of(SignatureScheme scheme, String secret) {
    return of(scheme, SigningKeys.of(SigningSecret.of(FIELD, secret)));
  }

  /**
   * Verifies signatures that were made with any secret of the ring that counts at the time. As
   * above otherwise.
   */
  public static WebhookVerifier of(SignatureScheme scheme, SigningKeys keys) {
    if (!keys.all().stream().allMatch(scheme::verifiesWith)) {
      throw scheme.refusal(FIELD);
    }
    return new WebhookVerifier(scheme, keys, TOLERANCE, Clock.systemUTC(), Optional.empty());
  }

  /**
   * The same with another tolerance: how old a signature may be, and how far in the future. Default
   * 300 s. Of no effect where the scheme signs no time.
   *
   * @throws io.trigrun.validation.ValidationException unless it is 1 s to 24 h
   */
  public WebhookVerifier withTolerance(Duration tolerance) {
    Problems.require(
        tolerance.toSeconds() >= 1 && tolerance.compareTo(LONGEST_TOLERANCE) <= 0,
        "tolerance",
        "1 s to 24 h",
        tolerance);
    return new WebhookVerifier(scheme, keys, tolerance, clock, replays);
  }

  /** The same by another clock. Default: the system's. */
  public WebhookVerifier withClock(Clock clock) {
    return new WebhookVerifier(scheme, keys, tolerance, clock, replays);
  }

  /**
   * The same, but takes each signed request once: who has listened can't send it again within the
   * tolerance. Default: he can.
   *
   * @throws io.trigrun.validation.ValidationException if the scheme signs no time: nothing could be
   *     forgotten then
   */
  public WebhookVerifier withReplayStore(ReplayStore store) {
    Problems.require(scheme.isTimed(), "scheme", "one that signs the time", scheme);
    return new WebhookVerifier(scheme, keys, tolerance, clock, Optional.of(store));
  }

  /**
   * Checks a request.
   *
   * @param body the bytes as they came
   * @param headers all headers, names in any case
   */
  public Verification verify(byte[] body, Map<String, List<String>> headers) {
    Instant now = clock.instant();
    Finding finding = scheme.examine(new ReceivedHeaders(headers), body, keys.at(now));
    return finding.signed().map(signed -> inTime(signed, now)).orElse(finding.verification());
  }

  private Verification inTime(Finding.Signed signed, Instant now) {
    long age = now.getEpochSecond() - signed.at().getEpochSecond();
    if (Math.abs(age) > tolerance.toSeconds()) {
      return age > 0 ? Verification.TOO_OLD : Verification.TOO_NEW;
    }
    Instant until = signed.at().plus(tolerance).plusSeconds(1);
    return replays.map(store -> store.add(signed.key(), now, until)).orElse(true)
        ? Verification.VALID
        : Verification.REPLAYED;
  }

  @Override
  public String toString() {
    return "WebhookVerifier[***]";
  }
}
