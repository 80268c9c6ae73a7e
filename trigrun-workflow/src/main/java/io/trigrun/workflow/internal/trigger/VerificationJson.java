package io.trigrun.workflow.internal.trigger;

import io.trigrun.workflow.TriggerVerification;
import io.trigrun.workflow.TriggerVerification.Encoding;
import io.trigrun.workflow.TriggerVerification.GitHub;
import io.trigrun.workflow.TriggerVerification.Hmac;
import io.trigrun.workflow.TriggerVerification.SharedSecret;
import io.trigrun.workflow.TriggerVerification.Slack;
import io.trigrun.workflow.TriggerVerification.StandardWebhooks;
import io.trigrun.workflow.TriggerVerification.Stripe;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Verifications as JSON: {@code type} and, for some, what the type needs or may have. */
public final class VerificationJson {

  private static final String TYPE = "type";
  private static final String NONE = "none";
  private static final String SHARED_SECRET = "shared_secret";
  private static final String GITHUB = "github";
  private static final String STRIPE = "stripe";
  private static final String SLACK = "slack";
  private static final String STANDARD_WEBHOOKS = "standard_webhooks";
  private static final String HMAC = "hmac";
  private static final String HEADER = "header";
  private static final String PREFIX = "prefix";
  private static final String ENCODING = "encoding";
  private static final String TIMESTAMP_HEADER = "timestamp_header";

  private VerificationJson() {}

  /** All of it. */
  public static ObjectNode write(TriggerVerification verification) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put(TYPE, type(verification));
    if (verification instanceof SharedSecret shared) {
      json.put(HEADER, shared.header());
    } else if (verification instanceof Hmac hmac) {
      json.put(HEADER, hmac.header())
          .put(PREFIX, hmac.prefix())
          .put(ENCODING, hmac.encoding().name().toLowerCase(Locale.ROOT));
      hmac.timestampHeader().ifPresent(name -> json.put(TIMESTAMP_HEADER, name));
    }
    return json;
  }

  /**
   * Makes one of what was written, or of what somebody has said with less.
   *
   * @throws io.trigrun.validation.ValidationException naming {@code verification.header} and so on
   */
  public static TriggerVerification read(JsonNode json) {
    String type = json.required(TYPE).stringValue();
    return switch (type) {
      case NONE -> TriggerVerification.none();
      case SHARED_SECRET ->
          json.optional(HEADER)
              .<TriggerVerification>map(header -> new SharedSecret(header.stringValue()))
              .orElseGet(TriggerVerification::sharedSecret);
      case GITHUB -> TriggerVerification.github();
      case STRIPE -> TriggerVerification.stripe();
      case SLACK -> TriggerVerification.slack();
      case STANDARD_WEBHOOKS -> TriggerVerification.standardWebhooks();
      case HMAC ->
          new Hmac(
              json.required(HEADER).stringValue(),
              json.path(PREFIX).asString(""),
              Encoding.valueOf(json.path(ENCODING).asString("hex").toUpperCase(Locale.ROOT)),
              json.optional(TIMESTAMP_HEADER).map(JsonNode::stringValue));
      default ->
          throw new IllegalStateException(
              "expected a verification that this version of TrigRun knows, got "
                  + type
                  + "; update this node");
    };
  }

  private static String type(TriggerVerification verification) {
    if (verification instanceof SharedSecret) {
      return SHARED_SECRET;
    }
    if (verification instanceof GitHub) {
      return GITHUB;
    }
    if (verification instanceof Stripe) {
      return STRIPE;
    }
    if (verification instanceof Slack) {
      return SLACK;
    }
    if (verification instanceof StandardWebhooks) {
      return STANDARD_WEBHOOKS;
    }
    return verification instanceof Hmac ? HMAC : NONE;
  }
}
