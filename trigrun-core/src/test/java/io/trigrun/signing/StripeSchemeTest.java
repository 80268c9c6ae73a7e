package io.trigrun.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N16: time and signatures in one header")
class StripeSchemeTest {

  private static final String HEADER = "Stripe-Signature";
  private static final String HEX =
      "10c96c6fd3f320fcfc264cdc4f476c15060ede8e8a08404cea2ddf3b72544a9c";
  private static final String SIGNATURE = "t=1614265330,v1=" + HEX;
  private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
  private static final SignatureScheme STRIPE = SignatureScheme.stripe(HEADER);
  private static final SigningSecret SECRET = SigningSecret.of("secret", "whsec_test_secret");

  @Test
  void signs_the_vector() {
    assertThat(STRIPE.sign(SigningKeys.of(SECRET), "id", AT, BODY))
        .containsExactly(Map.entry(HEADER, SIGNATURE));
  }

  @Test
  void every_secret_that_counts_signs() {
    SigningKeys keys = SigningKeys.of(SECRET).rotatedTo(SigningSecret.of("secret", "next"), AT);
    String value = STRIPE.sign(keys, "id", AT, BODY).getOrDefault(HEADER, "");
    assertThat(value).matches("t=1614265330,v1=[0-9a-f]{64},v1=[0-9a-f]{64}").endsWith("v1=" + HEX);
    assertThat(verify(value, AT)).isEqualTo(Verification.VALID);
  }

  @ParameterizedTest
  @CsvSource({"-301,TOO_NEW", "-300,VALID", "300,VALID", "301,TOO_OLD"})
  void the_time_may_be_300_seconds_off_either_way(long seconds, Verification expected) {
    assertThat(verify(SIGNATURE, AT.plusSeconds(seconds))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {",v0=abc", ",v1=abc", ",v1=", ",x", ",,"})
  void what_else_stands_in_the_header_is_passed_over(String more) {
    assertThat(verify(SIGNATURE + more, AT)).isEqualTo(Verification.VALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t=1614265330",
        "v1=" + HEX,
        "t=,v1=" + HEX,
        "t=+1614265330,v1=" + HEX,
        "t=1614265330,t=1614265330,v1=" + HEX,
        "t=1614265330,v2=" + HEX,
        "t=1614265330, v1=" + HEX,
        "t=1614265330,v1=" + HEX + "0"
      })
  void what_has_not_the_form_of_a_signature_is_none(String value) {
    assertThat(verify(value, AT)).isEqualTo(Verification.MALFORMED);
  }

  @Test
  void a_list_without_end_is_not_looked_through() {
    assertThat(verify(SIGNATURE + (",v1=" + HEX).repeat(100), AT))
        .isEqualTo(Verification.MALFORMED);
  }

  @Test
  void another_time_or_body_is_a_mismatch() {
    assertThat(verify("t=1614265331,v1=" + HEX, AT)).isEqualTo(Verification.MISMATCH);
    assertThat(verifier(AT).verify("{}".getBytes(UTF_8), Map.of(HEADER, List.of(SIGNATURE))))
        .isEqualTo(Verification.MISMATCH);
  }

  @Test
  void the_header_must_be_there_once() {
    assertThat(verifier(AT).verify(BODY, Map.of())).isEqualTo(Verification.MISSING);
    assertThat(verifier(AT).verify(BODY, Map.of(HEADER, List.of(SIGNATURE, SIGNATURE))))
        .isEqualTo(Verification.DUPLICATE);
  }

  private static Verification verify(String value, Instant now) {
    return verifier(now).verify(BODY, Map.of("stripe-signature", List.of(value)));
  }

  private static WebhookVerifier verifier(Instant now) {
    return WebhookVerifier.of(STRIPE, SigningKeys.of(SECRET))
        .withClock(Clock.fixed(now, ZoneOffset.UTC));
  }
}
