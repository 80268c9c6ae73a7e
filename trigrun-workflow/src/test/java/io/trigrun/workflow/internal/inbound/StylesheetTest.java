package io.trigrun.workflow.internal.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StylesheetTest {

  private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): #([0-9a-f]{6});");

  @Test
  void the_hash_is_of_what_stands_in_the_page() throws Exception {
    String page = ReviewPage.notice(Outcome.badLink());
    String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8));

    assertThat(Stylesheet.CSP_HASH).isEqualTo("sha256-" + Base64.getEncoder().encodeToString(hash));
    assertThat(style).doesNotContain("<", "url(", "@import");
  }

  @Test
  void text_can_be_read_on_all_that_it_stands_on_by_day_and_by_night() {
    String[] halves = Stylesheet.CSS.split("@media \\(prefers-color-scheme: dark\\)", 2);
    for (String half : halves) {
      Map<String, Double> light = luminances(half);
      for (String ground : List.of("card", "soft", "ground")) {
        assertContrast(light, "ink", ground, 4.5);
        assertContrast(light, "muted", ground, 4.5);
      }
      for (String kind : List.of("yes", "no")) {
        assertContrast(light, kind + "-ink", kind, 4.5);
        assertContrast(light, kind, kind + "-soft", 4.5);
        assertContrast(light, kind, "card", 4.5);
        assertContrast(light, kind, "soft", 4.5);
        assertContrast(light, "ink", kind + "-soft", 4.5);
      }
      assertContrast(light, "control", "card", 3);
      assertContrast(light, "focus", "card", 3);
    }
  }

  private static void assertContrast(
      Map<String, Double> light, String text, String ground, double least) {
    double one = light.getOrDefault(text, 0.0);
    double other = light.getOrDefault(ground, 0.0);
    assertThat((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05))
        .as(text + " on " + ground)
        .isGreaterThanOrEqualTo(least);
  }

  /** As WCAG 2 has it. */
  private static Map<String, Double> luminances(String css) {
    Map<String, Double> found = new HashMap<>();
    Matcher colour = COLOUR.matcher(css);
    while (colour.find()) {
      int rgb = Integer.parseInt(colour.group(2), 16);
      found.put(
          colour.group(1),
          0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb));
    }
    return found;
  }

  private static double linear(int channel) {
    double value = (channel & 0xFF) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
