package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncateTest {

  @Test
  void what_fits_is_left_alone() {
    assertThat(Truncate.to("a".repeat(40), 40)).isEqualTo("a".repeat(40));
  }

  @Test
  void what_does_not_says_how_much_is_missing() {
    assertThat(Truncate.to("a".repeat(41), 40))
        .isEqualTo("a".repeat(18) + "… (23 more characters)");
    assertThat(Truncate.to("a".repeat(1_274), 66))
        .isEqualTo("a".repeat(41) + "… (1,233 more characters)");
  }

  @Test
  void without_room_for_words_a_sign_remains() {
    assertThat(Truncate.to("a".repeat(41), 10)).isEqualTo("…");
    assertThat(Truncate.to("a", 0)).isEmpty();
  }

  @Test
  void the_size_may_be_another_than_the_length() {
    String cut = Truncate.to("&".repeat(100), 100, text -> SlackText.escape(text).length());
    assertThat(cut).isEqualTo("&".repeat(15) + "… (85 more characters)");
  }

  @ParameterizedTest
  @CsvSource({"😀", "e\u0301", "👩‍🚀", "👍🏽", "🇩🇪"})
  void what_people_see_as_one_character_is_kept_or_dropped_whole(String character) {
    for (int before = 0; before < 8; before++) {
      String start = "x".repeat(before);
      String cut = Truncate.to(start + character.repeat(40), 50);
      String kept = cut.substring(before, cut.indexOf('…'));
      assertThat(kept).isNotEmpty();
      assertThat(kept.replace(character, "")).isEmpty();
    }
  }

  @Property
  void any_text_and_limit_give_well_formed_text_within_the_limit(
      @ForAll String text, @ForAll @IntRange(min = 0, max = 120) int most) {
    String cut = Truncate.to(VisibleText.lines(text), most);
    assertThat(cut.length()).isLessThanOrEqualTo(most);
    assertThat(cut.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }
}
