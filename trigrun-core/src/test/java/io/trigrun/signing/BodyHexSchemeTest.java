package io.trigrun.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.ValidationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyHexSchemeTest {

  private static final String SECRET = "whsec_your_signing_secret";
  private static final byte[] BODY = "{\"event\":\"execution.failed\"}".getBytes(UTF_8);
  private static final String SIGNATURE =
      "sha256=2156017110a24d1b0b28f495e506897d324132d7363275e649f4ea36b4cecd4e";

  private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);

  private final WebhookVerifier verifier = WebhookVerifier.of(SECRET);

  @Test
  void signs_the_vector_of_the_guide() {
    assertThat(SignatureScheme.bodyHex("X-Webhook-Signature").sign(ring(SECRET), "id", AT, BODY))
        .containsExactly(Map.entry("X-Webhook-Signature", SIGNATURE));
  }

  @Test
  void signs_the_vector_of_github() {
    assertThat(
            SignatureScheme.bodyHex("X-Hub-Signature-256")
                .sign(
                    ring("It's a Secret to Everybody"), "id", AT, "Hello, World!".getBytes(UTF_8)))
        .containsExactly(
            Map.entry(
                "X-Hub-Signature-256",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Webhook-Signature", "x-webhook-signature", "X-WEBHOOK-SIGNATURE"})
  void header_names_count_in_any_case(String name) {
    assertThat(verifier.verify(BODY, Map.of("Host", List.of("a"), name, List.of(SIGNATURE))))
        .isEqualTo(Verification.VALID);
  }

  @Test
  void a_missing_signature_is_refused() {
    assertThat(verifier.verify(BODY, Map.of())).isEqualTo(Verification.MISSING);
    assertThat(verifier.verify(BODY, Map.of("X-Webhook-Signature", List.of())))
        .isEqualTo(Verification.MISSING);
  }

  @Test
  void two_signatures_are_refused_even_if_both_hold() {
    assertThat(verifier.verify(BODY, Map.of("X-Webhook-Signature", List.of(SIGNATURE, SIGNATURE))))
        .isEqualTo(Verification.DUPLICATE);
    assertThat(
            verifier.verify(
                BODY,
                Map.of(
                    "X-Webhook-Signature", List.of(SIGNATURE),
                    "x-webhook-signature", List.of(SIGNATURE))))
        .isEqualTo(Verification.DUPLICATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256=",
        "sha1=2156017110a24d1b0b28f495e506897d324132d7",
        "2156017110a24d1b0b28f495e506897d324132d7363275e649f4ea36b4cecd4e",
        "sha256=2156017110a24d1b0b28f495e506897d324132d7363275e649f4ea36b4cecd4",
        "sha256=2156017110a24d1b0b28f495e506897d324132d7363275e649f4ea36b4cecd4e0",
        "sha256=2156017110a24d1b0b28f495e506897d324132d7363275e649f4ea36b4cecd4g",
        "sha256= 2156017110a24d1b0b28f495e506897d324132d7363275e649f4ea36b4cecd4e",
        "SHA256=2156017110a24d1b0b28f495e506897d324132d7363275e649f4ea36b4cecd4e"
      })
  void malformed_signatures_are_refused(String signature) {
    assertThat(verifier.verify(BODY, Map.of("X-Webhook-Signature", List.of(signature))))
        .isEqualTo(Verification.MALFORMED);
  }

  @Test
  void another_secret_is_a_mismatch() {
    assertThat(
            WebhookVerifier.of("whsec_another")
                .verify(BODY, Map.of("X-Webhook-Signature", List.of(SIGNATURE))))
        .isEqualTo(Verification.MISMATCH);
  }

  @Property
  void any_changed_bit_is_a_mismatch(
      @ForAll @Size(min = 1, max = 50) byte[] body, @ForAll @IntRange(min = 0, max = 399) int bit) {
    Map<String, String> signed = SignatureScheme.bodyHex("S").sign(ring(SECRET), "id", AT, body);
    WebhookVerifier other = WebhookVerifier.of(SignatureScheme.bodyHex("S"), SECRET);
    Map<String, List<String>> headers = Map.of("S", List.of(signed.getOrDefault("S", "")));
    assertThat(other.verify(body, headers)).isEqualTo(Verification.VALID);

    byte[] changed = body.clone();
    changed[bit / 8 % body.length] ^= (byte) (1 << bit % 8);
    assertThat(other.verify(changed, headers)).isEqualTo(Verification.MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "line\nbreak"})
  void a_secret_that_is_none_is_refused_without_repeating_it(String text) {
    assertThatThrownBy(() -> SigningSecret.of("config.signing_secret", text))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("config.signing_secret: expected");
  }

  @Test
  void the_header_holds_one_signature_so_the_current_secret_makes_it() {
    SigningKeys keys = ring("whsec_before").rotatedTo(SigningSecret.of("secret", SECRET), AT);
    assertThat(SignatureScheme.bodyHex("S").sign(keys, "id", AT, BODY))
        .containsExactly(Map.entry("S", SIGNATURE));
  }

  @Test
  void a_receiver_may_take_the_secret_before_for_a_while() {
    SigningKeys keys = ring(SECRET).rotatedTo(SigningSecret.of("secret", "whsec_next"), AT);
    WebhookVerifier both =
        WebhookVerifier.of(SignatureScheme.bodyHex("S"), keys)
            .withClock(Clock.fixed(AT.plus(Duration.ofHours(23)), ZoneOffset.UTC));
    assertThat(both.verify(BODY, Map.of("S", List.of(SIGNATURE)))).isEqualTo(Verification.VALID);

    WebhookVerifier later =
        both.withClock(Clock.fixed(AT.plus(Duration.ofHours(24)), ZoneOffset.UTC));
    assertThat(later.verify(BODY, Map.of("S", List.of(SIGNATURE))))
        .isEqualTo(Verification.MISMATCH);
  }

  private static SigningKeys ring(String secret) {
    return SigningKeys.of(SigningSecret.of("secret", secret));
  }

  @Test
  void nothing_shows_the_secret() {
    assertThat(SigningSecret.of("f", SECRET).toString()).doesNotContain(SECRET);
    assertThat(verifier.toString()).doesNotContain(SECRET);
  }
}
