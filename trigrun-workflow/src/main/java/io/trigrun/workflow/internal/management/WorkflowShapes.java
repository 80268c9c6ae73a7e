package io.trigrun.workflow.internal.management;

import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import io.trigrun.workflow.TriggerVerification.Encoding;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What requests say of jobs of several steps, beside what all jobs have. */
final class WorkflowShapes {

  private static final long YEAR = Duration.ofDays(366).toSeconds();

  /** Of both kinds. */
  static final ObjectShape SETTINGS =
      Shape.object("WorkflowSettings", "What a job of several steps does")
          .required("steps", StepShapes.steps())
          .optional(
              "max_workflow_duration_seconds",
              Shape.whole("how long a run may take; 1800 by default").range(1, YEAR))
          .optional(
              "count_waiting", Shape.flag("whether the time counts that it waits; yes by default"));

  private static final Shape HEADER = Shape.text("the name of a header").length(1, 100);

  private static final Shape SECRET = Shape.text("of today, or secret://name").secret();

  private static final ObjectShape DELIVERY_ID =
      Shape.object("DeliveryId", "What tells one delivery from the next; what is found first")
          .optional("headers", Shape.list("looked at first", HEADER).length(0, 10))
          .optional("path", Shape.text("a JSONPath into the body").length(1, 500))
          .optional("body_hash", Shape.flag("whether the body's hash is the id if there is none"));

  /** How deliveries are taken. */
  static final ObjectShape WEBHOOK =
      Shape.object("Webhook", "How deliveries to the address of a job are taken")
          .optional(
              "verification",
              Shape.choice(
                  "WebhookVerification",
                  "How they prove who has sent them; by default shared_secret with a secret, none"
                      + " without",
                  "type",
                  verifications()))
          .optional(
              "tolerance_seconds",
              Shape.whole("how old a signature may be; 300 by default").range(1, 86_400))
          .optional("delivery_id", DELIVERY_ID)
          .optional(
              "uniform_response",
              Shape.flag("whether what proves nothing is answered as at an unknown address"))
          .optional("headers", Shape.list("which ones runs see", HEADER).length(0, 50));

  /** Of jobs that webhooks start. */
  static final ObjectShape TRIGGER_SETTINGS =
      SETTINGS
          .optional(
              "webhook_secret",
              Shape.either(
                  "what deliveries prove themselves by: one, or several of which any will do",
                  SECRET,
                  Shape.list("at most 5", SECRET).length(1, 5)))
          .optional("webhook", WEBHOOK);

  static final String CONFIGURED = "webhook_secret_configured";
  static final Shape IS_CONFIGURED = Shape.flag("whether deliveries have to know a secret");

  /** What is shown of an address once. */
  static final ObjectShape ADDRESS =
      Shape.object("WebhookAddress", "Where deliveries go; shown only now")
          .required("webhook_token", Shape.text("what the address ends with: a credential"))
          .required("webhook_url", Shape.text("the address"));

  private WorkflowShapes() {}

  private static Map<String, ObjectShape> verifications() {
    Shape header = Shape.text("the name of the header").length(1, 100);
    Map<String, ObjectShape> types = new LinkedHashMap<>();
    types.put("none", Shape.object("NoVerification", "Who knows the address may start runs"));
    types.put(
        "shared_secret",
        Shape.object("SharedSecretVerification", "The secret itself stands in a header")
            .optional("header", Shape.text("X-Webhook-Secret by default").length(1, 100)));
    types.put("github", Shape.object("GitHubVerification", "X-Hub-Signature-256"));
    types.put("stripe", Shape.object("StripeVerification", "Stripe-Signature"));
    types.put("slack", Shape.object("SlackVerification", "X-Slack-Signature"));
    types.put(
        "standard_webhooks", Shape.object("StandardWebhooksVerification", "webhook-signature"));
    types.put(
        "hmac",
        Shape.object("HmacVerification", "HMAC-SHA256 of whatever kind")
            .required("header", header)
            .optional("prefix", Shape.text("what stands before it: sha256=").length(0, 50))
            .optional(
                "encoding", Shape.words("how it is written; hex by default", Encoding.values()))
            .optional(
                "timestamp_header",
                Shape.text("of a time that is signed, too; none by default").length(1, 100)));
    return types;
  }
}
