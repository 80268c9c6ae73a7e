package io.trigrun.notify;

import static io.trigrun.notify.NotificationEvent.ON_SUCCESS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.trigrun.NotFoundException;
import io.trigrun.notify.channel.WebhookChannel;
import io.trigrun.signing.SignatureScheme;
import io.trigrun.signing.SigningSecret;
import io.trigrun.signing.Verification;
import io.trigrun.signing.WebhookVerifier;
import io.trigrun.validation.ValidationException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Real deliveries, and receivers that are not ours: the published library, plain HMAC. */
@OnMemoryAndH2
@DisplayName("N2, N16: what arrives is signed so that others can check it")
class SignedDeliveriesTest {

  private final Scenario scenario;
  private final String secret = SigningSecret.random();

  SignedDeliveriesTest(TestStore store) {
    scenario = new Scenario(store);
    // The published library goes by the clock of the machine.
    scenario.driver.advance(Duration.between(scenario.clock.instant(), Instant.now()));
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void the_published_library_takes_every_attempt() throws WebhookVerificationException {
    save(hook().signingSecret(secret));
    scenario.receiver.answers(1, 500);

    scenario.run();
    scenario.driver.advance(Duration.ofMinutes(1));

    assertThat(scenario.receiver.received).hasSize(2);
    for (Receiver.Received request : scenario.receiver.received) {
      new Webhook(secret).verify(request.body(), lowerCase(request));
      assertThatThrownBy(() -> new Webhook(secret).verify(request.body() + " ", lowerCase(request)))
          .isInstanceOf(WebhookVerificationException.class);
    }
  }

  @Test
  void each_attempt_has_its_own_time_and_signature_and_the_same_id_and_bytes() {
    save(hook().signingSecret(secret));
    scenario.receiver.answers(1, 500);

    String id = scenario.delivery(scenario.run()).id().toString();
    scenario.driver.advance(Duration.ofMinutes(1));

    Receiver.Received first = scenario.receiver.received.get(0);
    Receiver.Received second = scenario.receiver.received.get(1);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(List.of(first.header("webhook-id"), second.header("webhook-id"))).containsOnly(id);
    assertThat(Long.parseLong(second.header("webhook-timestamp")))
        .isGreaterThan(Long.parseLong(first.header("webhook-timestamp")));
    assertThat(second.header("webhook-signature")).isNotEqualTo(first.header("webhook-signature"));
    assertThat(second.header("X-Webhook-Signature")).isEqualTo(first.header("X-Webhook-Signature"));
  }

  @Test
  void plain_hmac_over_the_captured_bytes_gives_both_signatures() throws Exception {
    save(hook().signingSecret(secret));
    scenario.run();

    Receiver.Received request = scenario.receiver.received.get(0);
    assertThat(request.header("X-Webhook-Signature"))
        .isEqualTo(
            "sha256=" + HexFormat.of().formatHex(hmac(secret.getBytes(UTF_8), request.body())));
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    String signed =
        String.join(
            ".", request.header("webhook-id"), request.header("webhook-timestamp"), request.body());
    assertThat(request.header("webhook-signature"))
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(hmac(key, signed)));
  }

  @Test
  void during_a_rotation_receivers_may_have_either_secret() throws WebhookVerificationException {
    String next = SigningSecret.random();
    save(
        hook()
            .signingSecret(next)
            .previousSecret(secret, scenario.clock.instant().plus(Duration.ofDays(1))));
    scenario.run();

    Receiver.Received request = scenario.receiver.received.get(0);
    new Webhook(next).verify(request.body(), lowerCase(request));
    new Webhook(secret).verify(request.body(), lowerCase(request));

    scenario.driver.advance(Duration.ofDays(1));
    scenario.run();
    Receiver.Received later = scenario.receiver.received.get(1);
    assertThat(verify(next, later)).isEqualTo(Verification.VALID);
    assertThat(verify(secret, later)).isEqualTo(Verification.MISMATCH);
  }

  @Test
  void a_secret_is_rotated_at_run_time_and_all_else_stays() throws WebhookVerificationException {
    save(hook().signingSecret(secret).header("Authorization", "Bearer t0ken"));
    Channels channels = scenario.notifications.channels();
    Channel before = channels.findByName("ops").orElseThrow();

    String next = channels.rotateSigningSecret(before.id());

    Channel after = // as a host does at each start, without the secret
        channels.save(hook().header("Authorization", "Bearer t0ken"));
    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(after.config().names())
        .containsExactlyInAnyOrder("url", "signing_secret_previous_until", "header_name");
    assertThat(after.secretHints()).containsKeys("header_value", "signing_secret_previous");
    scenario.run();
    Receiver.Received during = scenario.receiver.received.get(0);
    new Webhook(next).verify(during.body(), lowerCase(during));
    new Webhook(secret).verify(during.body(), lowerCase(during));
    assertThat(during.header("Authorization")).isEqualTo("Bearer t0ken");

    scenario.driver.advance(Duration.ofDays(1));
    scenario.run();
    Receiver.Received later = scenario.receiver.received.get(1);
    assertThat(verify(next, later)).isEqualTo(Verification.VALID);
    assertThat(verify(secret, later)).isEqualTo(Verification.MISMATCH);
  }

  @Test
  void one_overlap_ends_before_the_next_begins_unless_a_secret_was_stolen() {
    save(hook().signingSecret(secret));
    Channels channels = scenario.notifications.channels();
    UUID id = channels.findByName("ops").orElseThrow().id();
    String second = channels.rotateSigningSecret(id);
    assertThatThrownBy(() -> channels.rotateSigningSecret(id))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("config.signing_secret_previous_until: expected no overlap that");

    String third = SigningSecret.random();
    Channel after = channels.rotateSigningSecret(id, third, Duration.ZERO);

    assertThat(after.secretHints()).containsOnlyKeys("signing_secret");
    scenario.run();
    Receiver.Received request = scenario.receiver.received.get(0);
    assertThat(verify(third, request)).isEqualTo(Verification.VALID);
    assertThat(verify(second, request)).isEqualTo(Verification.MISMATCH);
    assertThat(verify(secret, request)).isEqualTo(Verification.MISMATCH);
    scenario.driver.advance(Duration.ofDays(2));
    assertThat(channels.rotateSigningSecret(id)).startsWith("whsec_");
  }

  @Test
  void what_can_not_be_rotated_says_why() {
    Channels channels = scenario.notifications.channels();
    Channel bare = channels.create(hook());
    scenario.trigrun.secrets().save("hook", secret);
    Channel named =
        channels.create(
            Channels.webhook("named", scenario.receiver.url("/")).signingSecret("secret://hook"));
    Channel pair =
        channels.create(
            Channels.webhook("pair", scenario.receiver.url("/")).signingSecret("whsk_any"));

    assertThatThrownBy(() -> channels.rotateSigningSecret(bare.id()))
        .hasMessage(
            "config.signing_secret: expected a webhook that keeps its secret itself, got none");
    assertThatThrownBy(() -> channels.rotateSigningSecret(named.id()))
        .hasMessageEndingWith("got secret://hook: change what that names");
    assertThatThrownBy(() -> channels.rotateSigningSecret(pair.id()))
        .hasMessageEndingWith("got a key pair: name the next one");
    assertThatThrownBy(
            () -> channels.rotateSigningSecret(pair.id(), "whsk_next", Duration.ofDays(8)))
        .hasMessage("overlap: expected zero to 7 days, got PT192H");
    assertThatThrownBy(() -> channels.rotateSigningSecret(UUID.randomUUID()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void our_verifier_takes_what_the_published_library_signs() throws WebhookSigningException {
    Instant now = scenario.clock.instant();
    String body = "{\"test\": 2432232314}";
    String signature = new Webhook(secret).sign("msg_1", now.getEpochSecond(), body);
    Map<String, List<String>> headers =
        Map.of(
            "Webhook-Id", List.of("msg_1"),
            "Webhook-Timestamp", List.of(Long.toString(now.getEpochSecond())),
            "Webhook-Signature", List.of(signature));
    assertThat(verifier(secret).verify(body.getBytes(UTF_8), headers))
        .isEqualTo(Verification.VALID);
  }

  @Test
  void the_pair_of_another_platform_arrives_with_the_header_of_the_host() throws Exception {
    save(
        hook()
            .signingSecret("any text")
            .signatureHeader("X-AegisRunner-Signature")
            .eventHeader("X-AegisRunner-Event")
            .header("Authorization", "Bearer t0ken"));
    scenario.run();

    Receiver.Received request = scenario.receiver.received.get(0);
    assertThat(request.header("X-AegisRunner-Event")).isEqualTo("execution.succeeded");
    assertThat(request.header("X-AegisRunner-Signature"))
        .isEqualTo(
            "sha256=" + HexFormat.of().formatHex(hmac("any text".getBytes(UTF_8), request.body())));
    assertThat(request.header("Authorization")).isEqualTo("Bearer t0ken");
    assertThat(request.header("X-Webhook-Signature")).isEmpty();
  }

  private Verification verify(String key, Receiver.Received request) {
    return verifier(key).verify(request.body().getBytes(UTF_8), request.headers());
  }

  private WebhookVerifier verifier(String key) {
    return WebhookVerifier.of(SignatureScheme.standard(), key).withClock(scenario.clock);
  }

  private WebhookChannel hook() {
    return Channels.webhook("ops", scenario.receiver.url("/ops"));
  }

  private void save(WebhookChannel channel) {
    Channel saved = scenario.notifications.channels().create(channel);
    scenario.notifications.rules().add(scenario.job.id(), saved.id(), ON_SUCCESS);
  }

  private static Map<String, List<String>> lowerCase(Receiver.Received request) {
    return request.headers().entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }
}
