package io.trigrun.workflow;

import io.trigrun.validation.Problems;
import java.util.List;
import java.util.Optional;

/**
 * How a delivery proves who has sent it (rows W7, W14). Signatures are checked over the bytes as
 * they came, before anything is parsed; with several secrets, any of them will do.
 */
public sealed interface TriggerVerification {

  /** Not at all: whoever knows the address may start runs. */
  record None() implements TriggerVerification {}

  /**
   * The secret itself stands in a header.
   *
   * @param header its name
   */
  record SharedSecret(String header) implements TriggerVerification {
    public SharedSecret {
      requireHeader("verification.header", header);
    }
  }

  /**
   * {@code X-Hub-Signature-256: sha256=<hex>} over the body. It covers neither time nor delivery
   * id, so what somebody has recorded he can send again, under another id.
   */
  record GitHub() implements TriggerVerification {}

  /** {@code Stripe-Signature: t=<seconds>,v1=<hex>} over time and body. */
  record Stripe() implements TriggerVerification {}

  /**
   * {@code X-Slack-Signature: v0=<hex>} over {@code X-Slack-Request-Timestamp} and body. Challenges
   * ({@code url_verification}) are answered.
   */
  record Slack() implements TriggerVerification {}

  /**
   * Standard Webhooks: {@code webhook-signature} over id, time and body; {@code whsec_} secrets and
   * {@code whpk_} public keys.
   */
  record StandardWebhooks() implements TriggerVerification {}

  /**
   * HMAC-SHA256 of whatever kind.
   *
   * @param header where it stands
   * @param prefix what stands before it, {@code sha256=} for example; empty for nothing
   * @param encoding how its 32 bytes are written
   * @param timestampHeader a header with a time in seconds since 1970. If there is one, time, full
   *     stop and body are signed, else the body alone
   */
  record Hmac(String header, String prefix, Encoding encoding, Optional<String> timestampHeader)
      implements TriggerVerification {
    public Hmac {
      requireHeader("verification.header", header);
      Problems.require(
          prefix.length() <= 50 && prefix.chars().allMatch(c -> c > ' ' && c < 0x7f),
          "verification.prefix",
          "at most 50 of printable ASCII, no spaces",
          prefix);
      timestampHeader.ifPresent(name -> requireHeader("verification.timestamp_header", name));
    }

    /** The same, signing the time in this header, too. */
    public Hmac withTimestampHeader(String name) {
      return new Hmac(header, prefix, encoding, Optional.of(name));
    }
  }

  /** How a signature's bytes are written. */
  enum Encoding {
    /** Hexadecimal digits in any case. */
    HEX,
    /** Base64 (RFC 4648, section 4) with padding. */
    BASE64
  }

  static TriggerVerification none() {
    return new None();
  }

  /** The secret itself in {@code X-Webhook-Secret}. */
  static TriggerVerification sharedSecret() {
    return new SharedSecret("X-Webhook-Secret");
  }

  static TriggerVerification github() {
    return new GitHub();
  }

  static TriggerVerification stripe() {
    return new Stripe();
  }

  static TriggerVerification slack() {
    return new Slack();
  }

  static TriggerVerification standardWebhooks() {
    return new StandardWebhooks();
  }

  /**
   * See {@link Hmac}.
   *
   * @throws io.trigrun.validation.ValidationException naming {@code verification.header} or {@code
   *     verification.prefix}
   */
  static Hmac hmac(String header, String prefix, Encoding encoding) {
    return new Hmac(header, prefix, encoding, Optional.empty());
  }

  /** Whether it needs a secret: all but {@link None} do. */
  default boolean needsSecret() {
    return !(this instanceof None);
  }

  /** Headers that prove something, which no run ever sees. */
  default List<String> proofHeaders() {
    if (this instanceof SharedSecret shared) {
      return List.of(shared.header());
    }
    return this instanceof Hmac hmac ? List.of(hmac.header()) : List.of();
  }

  /** What tells deliveries apart, unless a trigger says otherwise. */
  default TriggerDeliveryId deliveryId() {
    if (this instanceof GitHub) {
      return TriggerDeliveryId.ofHeaders("X-GitHub-Delivery");
    }
    if (this instanceof Stripe) {
      return TriggerDeliveryId.ofBody("$.id");
    }
    if (this instanceof Slack) {
      return TriggerDeliveryId.ofBody("$.event_id");
    }
    return this instanceof StandardWebhooks
        ? TriggerDeliveryId.ofHeaders("webhook-id")
        : TriggerDeliveryId.ofHeaders("Idempotency-Key", "webhook-id", "X-TrigRun-Delivery-Id");
  }

  private static void requireHeader(String field, String name) {
    Problems.require(HeaderName.isOne(name), field, "the name of a header", name);
  }
}
