package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import io.trigrun.signing.SigningKeys;
import io.trigrun.signing.SigningSecret;
import io.trigrun.validation.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How the settings of a webhook change with its secret (row N16). Pure. */
public final class SecretRotation {

  private static final String KEY_PAIR = "whsk_";

  private SecretRotation() {}

  /** The name of the setting that holds the secret. */
  public static String setting() {
    return WebhookChannel.SIGNING_SECRET;
  }

  /**
   * The settings with another secret, which the one before outlasts by the overlap.
   *
   * @param before the open settings, and the secret
   * @param overlap zero to {@link SigningKeys#LONGEST_OVERLAP}
   * @throws io.trigrun.validation.ValidationException for another overlap, without a secret before,
   *     and for an overlap while the last one lasts
   */
  public static Settings rotated(Settings before, String next, Duration overlap, Instant now) {
    Optional<String> secret = before.text(WebhookChannel.SIGNING_SECRET);
    Problems problems = new Problems();
    problems.check(
        !overlap.isNegative() && overlap.compareTo(SigningKeys.LONGEST_OVERLAP) <= 0,
        "overlap",
        "zero to 7 days",
        overlap);
    problems.check(
        secret.isPresent(),
        Settings.field(WebhookChannel.SIGNING_SECRET),
        "a webhook with a secret, to be followed by another",
        "none");
    problems.throwIfAny();
    if (overlap.isZero()) {
      return before
          .with(WebhookChannel.SIGNING_SECRET, next)
          .with(WebhookChannel.PREVIOUS_SECRET, "")
          .without(WebhookChannel.PREVIOUS_UNTIL);
    }
    Optional<String> until = before.text(WebhookChannel.PREVIOUS_UNTIL);
    Problems.require(
        until.map(Instant::parse).filter(now::isBefore).isEmpty(),
        Settings.field(WebhookChannel.PREVIOUS_UNTIL),
        "no overlap that lasts still, or zero for a new one, which ends it",
        until.orElse("none"));
    return before
        .with(WebhookChannel.SIGNING_SECRET, next)
        .with(WebhookChannel.PREVIOUS_SECRET, secret.orElseThrow())
        .with(WebhookChannel.PREVIOUS_UNTIL, now.plus(overlap).toString());
  }

  /**
   * A random secret to follow another one.
   *
   * @throws io.trigrun.validation.ValidationException if that is an Ed25519 key pair, whose
   *     receivers know the public key only
   */
  public static String randomAfter(Settings before) {
    Problems.require(
        before
            .text(WebhookChannel.SIGNING_SECRET)
            .filter(secret -> secret.startsWith(KEY_PAIR))
            .isEmpty(),
        Settings.field(WebhookChannel.SIGNING_SECRET),
        "a shared secret, to be followed by a random one",
        "a key pair: name the next one");
    return SigningSecret.random();
  }
}
