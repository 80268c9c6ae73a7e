package io.trigrun.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.json.JsonMapper;

class RedactionPropertyTest {

  /** What may stand in a header, with a fair share of what encodings touch. */
  @Provide
  Arbitrary<String> secrets() {
    return Arbitraries.strings()
        .withChars("%+&<>\"'\\/;= #u20")
        .withCharRange('!', '~')
        .ofMinLength(8)
        .ofMaxLength(40);
  }

  private static String clean(String secret, String text) {
    return Redaction.of(List.of(secret)).apply(text);
  }

  private static void hides(String secret, String written) {
    // Between characters that no occurrence can begin with or end in.
    assertThat(clean(secret, "\u00e4" + written + "\u00e4")).isEqualTo("\u00e4***\u00e4");
  }

  @Property
  void a_secret_is_taken_out_as_it_is(@ForAll("secrets") String secret) {
    hides(secret, secret);
  }

  @Property
  void two_redactions_together_take_out_what_either_does(
      @ForAll("secrets") String one, @ForAll("secrets") String other) {
    Redaction first = Redaction.of(List.of(one));
    Redaction second = Redaction.of(List.of(other));
    String text = "\u00e4" + one + "\u00e4" + other + "\u00e4";
    assertThat(first.plus(second).apply(text))
        .isEqualTo(Redaction.of(List.of(one, other)).apply(text));
    assertThat(first.plus(Redaction.none())).isSameAs(first);
    assertThat(Redaction.none().plus(second)).isSameAs(second);
  }

  @Property
  void a_secret_is_taken_out_of_urls(@ForAll("secrets") String secret) {
    String form = URLEncoder.encode(secret, UTF_8);
    hides(secret, form);
    hides(secret, form.replace("+", "%20"));
    hides(
        secret,
        secret
            .chars()
            .mapToObj(c -> String.format(Locale.ROOT, "%%%02x", c))
            .collect(Collectors.joining()));
  }

  @Property
  void a_secret_is_taken_out_of_json(@ForAll("secrets") String secret) {
    String quoted = new JsonMapper().writeValueAsString(secret);
    String json = quoted.substring(1, quoted.length() - 1);
    hides(secret, json);
    hides(secret, json.replace("/", "\\/"));
    hides(
        secret,
        secret
            .chars()
            .mapToObj(c -> String.format(Locale.ROOT, "\\u%04X", c))
            .collect(Collectors.joining()));
  }

  @Property
  void a_secret_is_taken_out_of_html(@ForAll("secrets") String secret) {
    hides(
        secret,
        secret
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#x27;"));
    hides(secret, secret.chars().mapToObj(c -> "&#" + c + ";").collect(Collectors.joining()));
  }

  @Property
  void a_secret_is_taken_out_of_base64_wherever_it_stands_in_it(
      @ForAll("secrets") String secret, @ForAll @IntRange(max = 5) int before) {
    String around = "u".repeat(before) + secret + "tail";
    String encoded = Base64.getEncoder().encodeToString(around.getBytes(UTF_8));
    String inUrls = Base64.getUrlEncoder().encodeToString(around.getBytes(UTF_8));

    assertThat(clean(secret, encoded)).contains("***");
    assertThat(clean(secret, inUrls)).contains("***");
    // what is left is too short to hold more than a character or two of it
    assertThat(clean(secret, encoded).replace("***", "").length())
        .isLessThanOrEqualTo((before + 4) * 4 / 3 + 8);
  }

  @Property
  void a_beginning_at_a_cut_is_taken_out(
      @ForAll("secrets") String secret, @ForAll @IntRange(min = 4, max = 39) int length) {
    String beginning = secret.substring(0, Math.min(length, secret.length()));
    Redaction redaction = Redaction.of(List.of(secret));

    assertThat(redaction.applyToBeginning("\u00e4" + beginning)).isEqualTo("\u00e4***");
    String escaped = "\u00e4" + URLEncoder.encode(beginning, UTF_8);
    assertThat(redaction.applyToBeginning(escaped)).isEqualTo("\u00e4***");
    if (escaped.endsWith("%" + escaped.substring(escaped.length() - 2)) && length > 4) {
      assertThat(redaction.applyToBeginning(escaped.substring(0, escaped.length() - 1)))
          .isEqualTo("\u00e4***");
    }
  }

  @Property
  void a_text_without_it_is_left_as_it_is(
      @ForAll("secrets") String secret, @ForAll @IntRange(max = 60) int length) {
    String other = "\u00e9\u20ac".repeat(length) + "% \\ & + &#; \\u %2 &#99999999999;";
    assertThat(clean(secret, other)).isEqualTo(other);
  }

  @Example
  void credentials_of_http_basic_are_taken_out_decoded_too() {
    String basic = Base64.getEncoder().encodeToString("scott:tiger-42".getBytes(UTF_8));

    assertThat(clean(basic, "no user scott:tiger-42 (" + basic + "), password tiger-42"))
        .isEqualTo("no user *** (***), password ***");
  }

  @Example
  void secrets_that_overlap_leave_nothing_over() {
    Redaction both = Redaction.of(List.of("abcdef", "defghi", "abcd"));

    assertThat(both.apply("xabcdefghix abcd defghi")).isEqualTo("x***x *** ***");
    assertThat(both.apply("abcdefdefghi")).isEqualTo("***");
  }

  @Example
  void without_secrets_nothing_happens_and_none_is_shown() {
    assertThat(Redaction.none().apply("text")).isEqualTo("text");
    assertThat(Redaction.of(List.of()).isNone()).isTrue();
    assertThat(Redaction.of(List.of("abc")).isNone()).as("below the shortest").isTrue();
    assertThat(Redaction.of(List.of("abcdef"))).hasToString("Redaction[***]");
    assertThat(Redaction.of(List.of("abcdef")).apply("")).isEmpty();
  }

  @Example
  void characters_beyond_the_basic_plane_are_found_too() {
    String secret = "k\u00e4se-\ud83e\uddc0!";
    assertThat(clean(secret, "<" + URLEncoder.encode(secret, UTF_8) + ">")).isEqualTo("<***>");
    assertThat(clean(secret, "<k\\u00e4se-\\ud83e\\uddc0!>")).isEqualTo("<***>");
    assertThat(clean(secret, "<k&#228;se-&#x1F9C0;!>")).isEqualTo("<***>");
  }
}
