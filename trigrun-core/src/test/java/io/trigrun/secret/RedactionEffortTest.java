package io.trigrun.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever chooses the secret and the answer must not keep a thread busy for minutes. */
class RedactionEffortTest {
  private static final int LONG = 8_000;
  private static final String SECRET = "a".repeat(LONG);
  private static final String ALMOST = "a".repeat(LONG - 1) + "b";

  @Test
  @Timeout(15)
  void of_a_text_that_is_made_of_beginnings_of_a_secret_the_rest_is_taken_out_unread() {
    String clean = Redaction.of(List.of(SECRET)).apply("status: " + ALMOST.repeat(64) + SECRET);

    assertThat(clean).startsWith("status: a").endsWith("***").hasSizeLessThan(64 * LONG);
    assertThat(clean).doesNotContain(SECRET);
  }

  @Test
  void a_few_of_them_in_an_ordinary_text_are_read_as_ever() {
    String text = "ordinary words, and ".repeat(10_000);
    String clean = Redaction.of(List.of("an order")).apply(text + "an order" + text);

    assertThat(clean).isEqualTo(text + "***" + text);
  }

  @Test
  void a_long_secret_is_found_wherever_it_stands() {
    String key =
        new Random(1)
            .ints(LONG, 'A', 'Z' + 1)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    String clean = Redaction.of(List.of(key)).apply("{" + key + "," + key + "}");

    assertThat(clean).isEqualTo("{***,***}");
  }

  @Test
  void what_is_escaped_all_over_is_read_to_its_end() {
    String text = "%41%42".repeat(20_000);
    String clean =
        Redaction.of(List.of("AAB-token", "%41-token", "zz/zz")).apply(text + "zz%2Fzz!");

    assertThat(clean).isEqualTo(text + "***!");
  }
}
