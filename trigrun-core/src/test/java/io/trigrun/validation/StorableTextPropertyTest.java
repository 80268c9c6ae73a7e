package io.trigrun.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StorableTextPropertyTest {

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars('a', '\0', '\ud83d', '\ude00', '\u20ac').ofMaxLength(6);
  }

  private static boolean survivesUtf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new String(bytes, StandardCharsets.UTF_8).equals(text);
  }

  @Property
  void what_is_storable_has_no_nul_and_is_the_same_after_utf_8(@ForAll("texts") String text) {
    assertThat(StorableText.isStorable(text)).isEqualTo(survivesUtf8(text) && !text.contains("\0"));
    assertThat(StorableText.problem(text, "x").isEmpty()).isEqualTo(StorableText.isStorable(text));
  }

  @Property
  void what_is_made_storable_is_and_keeps_its_length_and_all_else(@ForAll("texts") String text) {
    String clean = StorableText.of(text);
    assertThat(StorableText.isStorable(clean)).isTrue();
    assertThat(clean).hasSameSizeAs(text);
    if (StorableText.isStorable(text)) {
      assertThat(clean).isSameAs(text);
    }
    for (int i = 0; i < text.length(); i++) {
      assertThat(clean.charAt(i)).isIn(text.charAt(i), '\ufffd');
    }
  }
}
