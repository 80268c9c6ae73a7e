package io.trigrun.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.ValidationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * N16. The vectors are those of the specification's own libraries and of the author of {@code v1a}.
 */
class StandardSchemeTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private static final String PRIVATE =
      "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
  private static final String PUBLIC = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
  private static final String SIGNATURE_A =
      "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";

  private static final SignatureScheme STANDARD = SignatureScheme.standard();

  @Test
  void signs_the_vector_of_the_java_and_python_libraries() {
    assertThat(STANDARD.sign(ring(SECRET), ID, AT, BODY))
        .containsExactly(
            Map.entry("webhook-id", ID),
            Map.entry("webhook-timestamp", "1614265330"),
            Map.entry("webhook-signature", SIGNATURE));
  }

  @Test
  void signs_the_vector_of_the_rust_library() {
    assertThat(
            STANDARD.sign(
                ring("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"),
                "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
                Instant.ofEpochSecond(1_649_367_553),
                "{\"email\":\"test@example.com\",\"username\":\"test_user\"}".getBytes(UTF_8)))
        .containsEntry("webhook-signature", "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
  }

  @Test
  void signs_the_vector_of_the_asymmetric_kind() {
    assertThat(STANDARD.sign(ring(PRIVATE), ID, AT, BODY))
        .containsEntry("webhook-signature", SIGNATURE_A);
  }

  @Test
  void the_public_half_is_enough_to_verify_and_not_enough_to_sign() {
    assertThat(verifier(PUBLIC).verify(BODY, headers(ID, "1614265330", SIGNATURE_A)))
        .isEqualTo(Verification.VALID);
    assertThat(verifier(PRIVATE).verify(BODY, headers(ID, "1614265330", SIGNATURE_A)))
        .isEqualTo(Verification.VALID);
    assertThat(STANDARD.fits(secret(PUBLIC))).isFalse();
    assertThatThrownBy(() -> STANDARD.sign(ring(PUBLIC), ID, AT, BODY))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("signing_secret: expected whsec_");
  }

  @Test
  void a_signature_of_one_kind_says_nothing_to_a_key_of_the_other() {
    assertThat(verifier(SECRET).verify(BODY, headers(ID, "1614265330", SIGNATURE_A)))
        .isEqualTo(Verification.MISMATCH);
    assertThat(verifier(PUBLIC).verify(BODY, headers(ID, "1614265330", SIGNATURE)))
        .isEqualTo(Verification.MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
  void each_header_must_be_there_once(String name) {
    Map<String, List<String>> without = new LinkedHashMap<>(vector());
    without.remove(name);
    assertThat(verifier(SECRET).verify(BODY, without)).isEqualTo(Verification.MISSING);

    Map<String, List<String>> twice = new LinkedHashMap<>(vector());
    twice.computeIfPresent(name, (key, one) -> List.of(one.get(0), one.get(0)));
    assertThat(verifier(SECRET).verify(BODY, twice)).isEqualTo(Verification.DUPLICATE);

    Map<String, List<String>> inTwoCases = new LinkedHashMap<>(vector());
    inTwoCases.put(name.toUpperCase(Locale.ROOT), vector().getOrDefault(name, List.of()));
    assertThat(verifier(SECRET).verify(BODY, inTwoCases)).isEqualTo(Verification.DUPLICATE);
  }

  @Test
  void names_of_headers_count_in_any_case() {
    Map<String, List<String>> mixed =
        Map.of(
            "Webhook-Id", List.of(ID),
            "WEBHOOK-TIMESTAMP", List.of("1614265330"),
            "webHook-Signature", List.of(SIGNATURE));
    assertThat(verifier(SECRET).verify(BODY, mixed)).isEqualTo(Verification.VALID);
  }

  @ParameterizedTest
  @CsvSource({"-301,TOO_NEW", "-300,VALID", "0,VALID", "300,VALID", "301,TOO_OLD"})
  void the_time_may_be_300_seconds_off_either_way(long seconds, Verification expected) {
    assertThat(verifierAt(SECRET, AT.plusSeconds(seconds)).verify(BODY, vector()))
        .isEqualTo(expected);
  }

  @Test
  void a_wrong_signature_is_a_mismatch_whatever_its_time() {
    assertThat(verifierAt(SECRET, AT.plusSeconds(9_000)).verify("{}".getBytes(UTF_8), vector()))
        .isEqualTo(Verification.MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1614265330",
        "1614265330 ",
        "+1614265330",
        "-1",
        "1614265330.0",
        "0x60370000",
        "1e9",
        "١٦١٤٢٦٥٣٣٠",
        "99999999999999999999",
        "now"
      })
  void a_time_is_nothing_but_digits(String time) {
    assertThat(verifier(SECRET).verify(BODY, headers(ID, time, SIGNATURE)))
        .isEqualTo(Verification.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1,",
        "v1",
        ",",
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1==",
        "v1,g0hM9SsE+OTPJTGt",
        "v1, g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,!!!!9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
      })
  void what_has_not_the_form_of_a_signature_is_none(String signature) {
    assertThat(verifier(SECRET).verify(BODY, headers(ID, "1614265330", signature)))
        .isEqualTo(Verification.MALFORMED);
  }

  @Test
  void one_valid_signature_among_others_and_garbage_is_enough() {
    String wrong = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    for (String list :
        List.of(
            wrong + " " + SIGNATURE,
            SIGNATURE + " " + wrong,
            "garbage v1 v1, v2,x  ,, " + SIGNATURE + " v1,&%$",
            SIGNATURE_A + " " + SIGNATURE)) {
      assertThat(verifier(SECRET).verify(BODY, headers(ID, "1614265330", list)))
          .as(list)
          .isEqualTo(Verification.VALID);
    }
  }

  @Test
  void a_list_without_end_is_not_looked_through() {
    String list = (SIGNATURE_A + " ").repeat(50) + SIGNATURE;
    assertThat(verifier(SECRET).verify(BODY, headers(ID, "1614265330", list)))
        .isEqualTo(Verification.MALFORMED);
  }

  @Test
  void the_border_between_id_time_and_body_cannot_be_moved() {
    byte[] body = "1614265331.{}".getBytes(UTF_8);
    String signature =
        STANDARD.sign(ring(SECRET), "msg", AT, body).getOrDefault("webhook-signature", "");
    assertThat(
            verifier(SECRET)
                .verify("{}".getBytes(UTF_8), headers("msg.1614265330", "1614265331", signature)))
        .isEqualTo(Verification.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a b", "a\nb", "ä"})
  void an_id_that_could_be_misread_is_not_signed(String id) {
    assertThatThrownBy(() -> STANDARD.sign(ring(SECRET), id, AT, BODY))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("id: expected");
  }

  @Test
  void a_secret_without_padding_is_the_same_key() {
    String padded = "whsec_" + Base64.getEncoder().encodeToString(new byte[25]);
    String bare = padded.replace("=", "");
    assertThat(bare).isNotEqualTo(padded);
    assertThat(STANDARD.sign(ring(bare), ID, AT, BODY))
        .isEqualTo(STANDARD.sign(ring(padded), ID, AT, BODY));
  }

  @ParameterizedTest
  @CsvSource({"23,false", "24,true", "64,true", "65,false"})
  void a_shared_secret_has_24_to_64_bytes(int bytes, boolean fits) {
    String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    assertThat(STANDARD.fits(secret(text))).isEqualTo(fits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_your_signing_secret",
        "whsec_",
        "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_",
        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=",
        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6KvQ==",
        "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbO"
      })
  void other_secrets_are_refused_without_repeating_them(String text) {
    assertThat(STANDARD.fits(secret(text))).isFalse();
    assertThatThrownBy(() -> WebhookVerifier.of(STANDARD, text))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("signing_secret: expected whsec_")
        .satisfies(e -> assertThat(e.getMessage()).endsWith("got another text, not shown"));
    assertThatThrownBy(() -> STANDARD.check("config.signing_secret", secret(text)))
        .hasMessageStartingWith("config.signing_secret: expected whsec_");
  }

  @Test
  void every_secret_that_counts_signs_newest_first() {
    SigningKeys keys =
        ring(SECRET).rotatedTo(secret(PRIVATE), AT).rotatedTo(secret(SigningSecret.random()), AT);
    assertThat(STANDARD.sign(keys, ID, AT, BODY).getOrDefault("webhook-signature", "").split(" "))
        .hasSize(3)
        .endsWith(SIGNATURE_A, SIGNATURE);
    assertThat(
            STANDARD
                .sign(keys, ID, AT.plus(Duration.ofHours(24)), BODY)
                .getOrDefault("webhook-signature", ""))
        .startsWith("v1,")
        .doesNotContain(" ");
  }

  @Test
  void a_random_secret_fits_every_scheme_and_is_another_each_time() {
    assertThat(STANDARD.fits(secret(SigningSecret.random()))).isTrue();
    assertThat(SigningSecret.random()).isNotEqualTo(SigningSecret.random());
  }

  @Property(tries = 300)
  void whatever_is_signed_is_valid_until_a_bit_of_it_changes(
      @ForAll @Size(min = 1, max = 60) byte[] body,
      @ForAll @LongRange(min = 0, max = 99_999_999_999L) long second,
      @ForAll @IntRange(min = 0, max = 479) int bit,
      @ForAll boolean asymmetric) {
    String key = asymmetric ? PRIVATE : SECRET;
    Instant at = Instant.ofEpochSecond(second);
    Map<String, List<String>> headers = each(STANDARD.sign(ring(key), ID, at, body));
    assertThat(verifierAt(key, at).verify(body, headers)).isEqualTo(Verification.VALID);

    byte[] changed = body.clone();
    changed[bit / 8 % body.length] ^= (byte) (1 << bit % 8);
    assertThat(verifierAt(key, at).verify(changed, headers)).isEqualTo(Verification.MISMATCH);

    Map<String, List<String>> later = new LinkedHashMap<>(headers);
    later.put("webhook-timestamp", List.of(Long.toString((second + 1) % 100_000_000_000L)));
    assertThat(verifierAt(key, at).verify(body, later)).isEqualTo(Verification.MISMATCH);
  }

  @Test
  void nothing_shows_a_key() {
    assertThat(String.valueOf(secret(PRIVATE).standardKey())).contains("***");
    assertThat(ring(SECRET).toString() + STANDARD + verifier(SECRET)).doesNotContain("MfKQ");
  }

  private static Map<String, List<String>> vector() {
    return headers(ID, "1614265330", SIGNATURE);
  }

  private static Map<String, List<String>> headers(String id, String time, String signature) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("webhook-id", List.of(id));
    headers.put("webhook-timestamp", List.of(time));
    headers.put("webhook-signature", List.of(signature));
    return headers;
  }

  private static Map<String, List<String>> each(Map<String, String> headers) {
    return headers.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
  }

  private static WebhookVerifier verifier(String secret) {
    return verifierAt(secret, AT);
  }

  private static WebhookVerifier verifierAt(String secret, Instant now) {
    return WebhookVerifier.of(STANDARD, secret).withClock(Clock.fixed(now, ZoneOffset.UTC));
  }

  private static SigningKeys ring(String secret) {
    return SigningKeys.of(secret(secret));
  }

  private static SigningSecret secret(String text) {
    return SigningSecret.of("secret", text);
  }
}
