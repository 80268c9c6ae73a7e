package io.trigrun.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** How a value looks in Base64, and what it is if it is Base64 itself. */
final class Base64Forms {

  /** Shorter ones stand in ordinary text too often. */
  private static final int SHORTEST_CORE = 6;

  private Base64Forms() {}

  static Set<String> of(String value) {
    Set<String> forms = new LinkedHashSet<>();
    byte[] utf8 = value.getBytes(UTF_8);
    add(forms, Base64.getEncoder().encodeToString(utf8));
    add(forms, Base64.getEncoder().withoutPadding().encodeToString(utf8));
    for (int before = 0; before < 3; before++) {
      add(forms, core(utf8, before));
    }
    decoded(value)
        .ifPresent(
            text -> {
              forms.add(text);
              // user:password of HTTP Basic (RFC 7617)
              String password = text.substring(text.indexOf(':') + 1);
              if (password.length() >= Redaction.SHORTEST) {
                forms.add(password);
              }
            });
    return forms;
  }

  private static void add(Set<String> forms, String form) {
    if (form.length() >= SHORTEST_CORE) {
      forms.add(form);
      forms.add(form.replace('+', '-').replace('/', '_'));
    }
  }

  /**
   * The characters that depend on the value alone, wherever in an encoded text it stands.
   *
   * @param before how many bytes of the group of three come before it
   */
  private static String core(byte[] value, int before) {
    byte[] shifted = new byte[before + value.length];
    System.arraycopy(value, 0, shifted, before, value.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int first = (before * 8 + 5) / 6;
    return encoded.substring(first, shifted.length * 8 / 6);
  }

  private static Optional<String> decoded(String value) {
    try {
      byte[] bytes = Base64.getDecoder().decode(value.strip().replace('-', '+').replace('_', '/'));
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      Arrays.fill(bytes, (byte) 0);
      return Optional.of(text)
          .filter(found -> found.length() >= Redaction.SHORTEST)
          .filter(found -> found.chars().noneMatch(Character::isISOControl));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
