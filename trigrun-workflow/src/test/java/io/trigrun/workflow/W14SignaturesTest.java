package io.trigrun.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.workflow.definition.Workflow;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The senders' own vectors: {@link TriggerVerificationTest}; many at once: {@link TriggerRaceTest}.
 */
@OnEveryStore
@DisplayName("W14: deliveries are proven as their senders do it, and each starts one run")
class W14SignaturesTest extends Row {

  private static final String SECRET = "a-secret-of-twenty-chars";
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private final Job job =
      stage.job("on-push", Workflow.startedByWebhook(note("got", "\"{{trigger.body.id}}\"")));

  W14SignaturesTest(TestStore kind) {
    super(kind);
  }

  private String token(TriggerVerification verification, String... secrets) {
    return stage
        .workflows
        .triggers()
        .issue(job.id(), TriggerSpec.of(verification).withSecrets(secrets))
        .token();
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(mac(SECRET.getBytes(UTF_8), text));
  }

  private String seconds() {
    return Long.toString(stage.clock.instant().getEpochSecond());
  }

  /** It counts once, whatever time passes; changed, it is refused. */
  private void isTakenOnce(String token, String body, String... headers) {
    assertThat(deliver(token, body.replace("1", "2"), headers).status()).isEqualTo(401);
    assertThat(runs(job)).isEmpty();
    assertThat(deliver(token, body, headers).status()).isEqualTo(200);
    assertThat(deliver(token, body, headers).status()).as("again").isEqualTo(200);
    assertThat(stage.notes).containsExactly("got[]:\"d1\"");
    assertThat(runs(job)).extracting(Execution::jobId).hasSize(1);
  }

  /** Six minutes later the same bytes prove nothing. */
  private void isTooOldSoon(String token, String body, String... headers) {
    stage.clock.advance(Duration.ofMinutes(6));
    assertThat(deliver(token, body, headers).status()).isEqualTo(401);
  }

  @Test
  void github_signs_the_body_and_tells_deliveries_apart_by_a_header() {
    String body = "{\"id\": \"d1\"}";
    isTakenOnce(
        token(TriggerVerification.github(), SECRET),
        body,
        "X-Hub-Signature-256",
        "sha256=" + hex(body),
        "X-GitHub-Delivery",
        "72d3162e");
  }

  @Test
  void stripe_signs_the_time_too_and_tells_deliveries_apart_by_the_body() {
    String token = token(TriggerVerification.stripe(), SECRET);
    String body = "{\"id\": \"d1\"}";
    String signature = "t=" + seconds() + ",v1=" + hex(seconds() + "." + body);
    isTakenOnce(token, body, "Stripe-Signature", signature);
    isTooOldSoon(token, body, "Stripe-Signature", signature);
  }

  @Test
  void slack_signs_the_time_too_and_its_challenge_is_answered() {
    String token = token(TriggerVerification.slack(), SECRET);
    String challenge = "{\"type\": \"url_verification\", \"challenge\": \"3eZbrw\"}";
    assertThat(deliver(token, challenge, slack(challenge)).bodyText()).isEqualTo("3eZbrw");
    String body = "{\"id\": \"d1\", \"event_id\": \"Ev1\"}";
    String[] headers = slack(body);
    isTakenOnce(token, body, headers);
    isTooOldSoon(token, body, headers);
  }

  private String[] slack(String body) {
    return new String[] {
      "X-Slack-Request-Timestamp",
      seconds(),
      "X-Slack-Signature",
      "v0=" + hex("v0:" + seconds() + ":" + body)
    };
  }

  @Test
  void standard_webhooks_sign_id_and_time() {
    String token = token(TriggerVerification.standardWebhooks(), "whsec_" + KEY);
    String body = "{\"id\": \"d1\"}";
    byte[] mac = mac(Base64.getDecoder().decode(KEY), "msg_1." + seconds() + "." + body);
    String[] headers = {
      "webhook-id",
      "msg_1",
      "webhook-timestamp",
      seconds(),
      "webhook-signature",
      "v1," + Base64.getEncoder().encodeToString(mac)
    };
    isTakenOnce(token, body, headers);
    isTooOldSoon(token, body, headers);
  }

  @Test
  void a_plain_shared_secret_is_enough_for_senders_that_sign_nothing() {
    isTakenOnceBySecret(
        token(TriggerVerification.sharedSecret(), SECRET), "X-Webhook-Secret", SECRET);
  }

  private void isTakenOnceBySecret(String token, String... headers) {
    List<String> all = new ArrayList<>(Arrays.asList(headers));
    all.addAll(List.of("Idempotency-Key", "k-1"));
    assertThat(deliver(token, "{\"id\": 1}").status()).isEqualTo(401);
    deliver(token, "{\"id\": 1}", all.toArray(String[]::new));
    deliver(token, "{\"id\": 2}", all.toArray(String[]::new));
    assertThat(stage.notes).containsExactly("got[]:1");
  }

  @Test
  void while_a_secret_is_changed_both_hold() {
    String body = "{\"id\": \"d1\"}";
    String token = token(TriggerVerification.github(), "the-secret-of-tomorrow", SECRET);

    assertThat(deliver(token, body, "X-Hub-Signature-256", "sha256=" + hex(body)).status())
        .isEqualTo(200);
    stage
        .workflows
        .triggers()
        .update(
            job.id(),
            TriggerSpec.of(TriggerVerification.github()).withSecrets("the-secret-of-tomorrow"));
    assertThat(deliver(token, body, "X-Hub-Signature-256", "sha256=" + hex(body)).status())
        .isEqualTo(401);
  }

  @Test
  void without_any_id_every_delivery_is_one_unless_the_body_tells() {
    String token = token(TriggerVerification.sharedSecret(), SECRET);
    deliver(token, "{\"id\": 1}", "X-Webhook-Secret", SECRET);
    deliver(token, "{\"id\": 1}", "X-Webhook-Secret", SECRET);
    assertThat(runs(job)).hasSize(2);

    stage
        .workflows
        .triggers()
        .update(
            job.id(),
            TriggerSpec.of(TriggerVerification.sharedSecret())
                .withDeliveryId(TriggerDeliveryId.none().orBodyHash()));
    deliver(token, "{\"id\": 2}", "X-Webhook-Secret", SECRET);
    deliver(token, "{\"id\": 2}", "X-Webhook-Secret", SECRET);
    assertThat(stage.notes).containsExactly("got[]:1", "got[]:1", "got[]:2");
  }
}
