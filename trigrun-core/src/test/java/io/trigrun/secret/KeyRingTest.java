package io.trigrun.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.ValidationException;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {

  private static final String KEY = KeyRing.generateKey();

  @Test
  void a_generated_key_is_32_random_bytes() {
    assertThat(Base64.getDecoder().decode(KEY)).hasSize(32);
    assertThat(KeyRing.generateKey()).isNotEqualTo(KEY);
  }

  @Test
  void the_first_key_encrypts_and_the_names_are_all_that_is_shown() {
    KeyRing ring = KeyRing.of("2026-11", KEY).alsoDecrypts("2026-01", KeyRing.generateKey());

    assertThat(ring.encryptsWith()).isEqualTo("2026-11");
    assertThat(ring.keyIds()).containsExactly("2026-11", "2026-01");
    assertThat(ring).hasToString("KeyRing[2026-11, 2026-01]");
  }

  @Test
  void a_ring_comes_from_one_line_of_configuration() {
    KeyRing ring = KeyRing.parse(" b:" + KEY + ",\n a:" + KeyRing.generateKey() + " ");

    assertThat(ring.keyIds()).isEqualTo(List.of("b", "a"));
  }

  @Test
  void either_alphabet_of_base64_will_do_with_or_without_padding() {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) 0xFB);
    String url = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

    assertThat(url).contains("-");
    assertThat(KeyRing.of("a", url).key("a"))
        .isEqualTo(KeyRing.of("a", Base64.getEncoder().encodeToString(bytes)).key("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "c2hvcnQ=", "not base64 at all, but of a good length 4444", "AAAA AAAA"})
  void a_key_that_is_none_is_refused_and_not_shown(String key) {
    refuses(() -> KeyRing.of("a", key), "key: expected 32 bytes in Base64", key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a:b", "\u00e4", "a/b"})
  void a_key_id_of_another_form_is_refused(String id) {
    refuses(() -> KeyRing.of(id, KEY), "key_id: expected 1 to 64 letters", KEY);
  }

  @Test
  void a_key_in_place_of_its_id_is_refused_and_not_shown() {
    String unpadded = KEY.replace("=", "").replace('+', '-').replace('/', '_');
    refuses(() -> KeyRing.of(unpadded, "a"), "key_id: expected 1 to 64 letters", unpadded);
    refuses(() -> KeyRing.of("x".repeat(65), KEY), "got 65 characters", KEY);
  }

  @Test
  void a_key_id_twice_is_refused() {
    refuses(
        () -> KeyRing.of("a", KEY).alsoDecrypts("a", KeyRing.generateKey()),
        "key_id: expected each key id once, got another a",
        KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", ":", ":AAAA", "AAAAAAAA", ",", "a:"})
  void a_line_that_is_no_ring_is_refused(String line) {
    assertThatThrownBy(() -> KeyRing.parse(line)).isInstanceOf(ValidationException.class);
  }

  @Test
  void a_line_of_which_one_key_is_wrong_is_not_shown() {
    refuses(() -> KeyRing.parse("a:" + KEY + "," + KEY), "keys: expected id:key pairs", KEY);
  }

  private static void refuses(ThrowingCallable attempt, String message, String hidden) {
    assertThatThrownBy(attempt)
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(message)
        .satisfies(
            e -> {
              if (hidden.length() > 4) {
                assertThat(e.toString()).doesNotContain(hidden);
              }
            });
  }
}
