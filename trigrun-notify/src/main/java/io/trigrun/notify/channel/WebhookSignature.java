package io.trigrun.notify.channel;

import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.Settings;
import io.trigrun.signing.SignatureScheme;
import io.trigrun.signing.SigningKeys;
import io.trigrun.signing.SigningSecret;
import io.trigrun.validation.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a webhook is signed with (rows N2, N16).
 *
 * @param body for the header that signs the body alone; empty if it is not sent
 * @param standard for the headers of Standard Webhooks; empty if they are not sent
 * @param header the name of the former
 */
record WebhookSignature(Optional<SigningKeys> body, Optional<SigningKeys> standard, String header) {

  private static final SignatureScheme STANDARD = SignatureScheme.standard();
  private static final String DEFAULT_HEADER = "X-Webhook-Signature";

  /**
   * Reads the settings.
   *
   * @throws io.trigrun.validation.ValidationException naming the setting, without the secret
   */
  static WebhookSignature of(Settings settings) {
    Optional<SigningSecret> secret = secret(settings, WebhookChannel.SIGNING_SECRET);
    Optional<SigningSecret> previous = secret(settings, WebhookChannel.PREVIOUS_SECRET);
    Optional<Instant> until = until(settings);
    WebhookChannel.Signatures which =
        SettingWord.read(settings, WebhookChannel.SIGNATURES, WebhookChannel.Signatures.BOTH);
    Problems.require(
        previous.isEmpty() || secret.isPresent(),
        Settings.field(WebhookChannel.SIGNING_SECRET),
        "a secret, because there is a previous one",
        "none");
    Problems.require(
        previous.isPresent() == until.isPresent(),
        Settings.field(WebhookChannel.PREVIOUS_UNTIL),
        "a moment if there is a previous secret, and only then",
        until.map(Instant::toString).orElse("none"));
    if (which == WebhookChannel.Signatures.STANDARD) {
      secret.ifPresent(one -> check(WebhookChannel.SIGNING_SECRET, one));
      previous.ifPresent(one -> check(WebhookChannel.PREVIOUS_SECRET, one));
    }
    Optional<SigningKeys> current = secret.map(SigningKeys::of);
    Optional<SigningKeys> standard =
        secret
            .filter(STANDARD::fits)
            .map(SigningKeys::of)
            .map(
                ring ->
                    previous
                        .filter(STANDARD::fits)
                        .flatMap(old -> until.map(end -> ring.withOld(old, end)))
                        .orElse(ring));
    return new WebhookSignature(
        current.filter(ring -> which != WebhookChannel.Signatures.STANDARD),
        standard.filter(ring -> which != WebhookChannel.Signatures.BODY),
        settings.text(WebhookChannel.SIGNATURE_HEADER).orElse(DEFAULT_HEADER));
  }

  /** The headers of an attempt: of the very bytes that are sent, and of its time. */
  Map<String, String> sign(DeliveryStamp stamp, byte[] bytes) {
    String id = stamp.id().toString();
    Map<String, String> headers = new LinkedHashMap<>();
    body.map(keys -> SignatureScheme.bodyHex(header).sign(keys, id, stamp.at(), bytes))
        .ifPresent(headers::putAll);
    standard.map(keys -> STANDARD.sign(keys, id, stamp.at(), bytes)).ifPresent(headers::putAll);
    return headers;
  }

  private static void check(String setting, SigningSecret secret) {
    STANDARD.check(Settings.field(setting), secret);
  }

  private static Optional<SigningSecret> secret(Settings settings, String name) {
    return settings.text(name).map(text -> SigningSecret.of(Settings.field(name), text));
  }

  private static Optional<Instant> until(Settings settings) {
    Optional<String> text = settings.text(WebhookChannel.PREVIOUS_UNTIL);
    Optional<Instant> moment = text.flatMap(WebhookSignature::moment);
    Problems.require(
        text.isPresent() == moment.isPresent(),
        Settings.field(WebhookChannel.PREVIOUS_UNTIL),
        "a moment such as 2026-03-16T10:00:00Z",
        text.orElse("none"));
    return moment;
  }

  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
