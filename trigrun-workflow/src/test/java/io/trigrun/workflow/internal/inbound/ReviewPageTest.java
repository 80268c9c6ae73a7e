package io.trigrun.workflow.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.workflow.internal.wait.Decision;
import io.trigrun.workflow.internal.wait.Vote;
import io.trigrun.workflow.internal.wait.WaitView;
import io.trigrun.workflow.internal.wait.WaitView.Kind;
import io.trigrun.workflow.internal.wait.WaitView.Question;
import io.trigrun.workflow.internal.wait.WaitView.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ReviewPageTest {

  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern VALUE = Pattern.compile("\"[^\"]*\"");

  @Property(tries = 300)
  void no_text_of_strangers_is_more_than_text(
      @ForAll("hostile") String title,
      @ForAll("hostile") String message,
      @ForAll("hostile") String name,
      @ForAll("hostile") String value,
      @ForAll("hostile") String comment) {
    assertThat(tags(open(title, message, name, value, comment)))
        .isEqualTo(tags(open("x", "x", "x", "x", "x")));
    assertThat(tags(over(title, message, name, value, comment)))
        .isEqualTo(tags(over("x", "x", "x", "x", "x")));
  }

  @Property
  void what_is_shown_is_clean_and_as_short_as_asked(@ForAll("hostile") String text) {
    String shown = PageText.of(text, 50);

    assertThat(shown.codePointCount(0, shown.length())).isLessThanOrEqualTo(50 + 60);
    assertThat(shown.codePoints())
        .noneMatch(
            point ->
                Character.getType(point) == Character.SURROGATE
                    || (Character.isISOControl(point) && point != '\n' && point != '\t')
                    || (point >= 0x202A && point <= 0x202E)
                    || (point >= 0x2066 && point <= 0x2069));
    assertThat(PageText.of(shown, Integer.MAX_VALUE)).isEqualTo(shown);
  }

  @Test
  void texts_are_cut_and_say_so() {
    assertThat(PageText.of("👍".repeat(12), 10))
        .isEqualTo("👍".repeat(10) + "… (cut: 10 of 12 characters)");
    assertThat(PageText.of("a\r\nb\rc\u2028d\u202Ee\u200D", 100))
        .isEqualTo("a\nb\nc\nd\uFFFDe\u200D");
    String page =
        open("t".repeat(1_000), "m".repeat(20_000), "n".repeat(500), "v".repeat(9_000), "c");
    assertThat(page)
        .contains(
            "cut: 200 of 1,000", "cut: 10,000 of 20,000", "cut: 100 of 500", "cut: 2,000 of 9,000");
  }

  @Test
  void links_stay_text_and_there_is_no_script() {
    String page =
        open(
            "https://evil.example",
            "<a href=https://evil.example>x</a>",
            "javascript:1",
            "<script>1</script>",
            "x");

    assertThat(page).contains("&lt;a href=https://evil.example&gt;", "&lt;script&gt;");
    assertThat(tags(page))
        .noneMatch(tag -> tag.matches("(?i)<(a|script|img|iframe|link|base|object|svg)\\b.*"))
        .noneMatch(tag -> tag.matches("(?i).*\\b(on\\w+|href|src|http-equiv)=.*"));
  }

  @Test
  void all_fields_have_labels_and_the_page_has_one_heading_of_the_first_level() {
    for (String page : List.of(open("x", "x", "x", "x", "x"), over("x", "x", "x", "x", "x"))) {
      assertThat(page.split("<h1", -1)).hasSize(2);
      for (String id : List.of("comment", "decided_by")) {
        assertThat(page.contains(" id=\"" + id + "\""))
            .isEqualTo(page.contains("for=\"" + id + "\""));
      }
    }
  }

  @Test
  void a_name_is_never_told_more_certain_than_it_is() {
    Vote link = DeskDouble.vote(Decision.APPROVED, "ada");
    Vote claimed =
        new Vote(
            Decision.APPROVED,
            Optional.empty(),
            Optional.of("ada"),
            Optional.empty(),
            Optional.empty(),
            DeskDouble.NOW);
    Vote verified =
        new Vote(
            Decision.APPROVED,
            Optional.of("ada"),
            Optional.of("bob"),
            Optional.of("ada@example.com"),
            Optional.empty(),
            DeskDouble.NOW);

    assertThat(Voices.who(link)).isEqualTo("ada (by personal link)");
    assertThat(Voices.who(claimed)).isEqualTo("somebody with the link who gave the name ada");
    assertThat(Voices.who(verified)).isEqualTo("ada@example.com (signed in)");
    assertThat(Voices.who(DeskDouble.vote(Decision.APPROVED, "")))
        .isEqualTo("somebody with the link");
  }

  private static List<String> tags(String page) {
    return TAG.matcher(page)
        .results()
        .map(MatchResult::group)
        .map(tag -> VALUE.matcher(tag).replaceAll("\"\""))
        .toList();
  }

  private static String open(
      String title, String message, String name, String value, String comment) {
    DecisionForm form =
        new DecisionForm(
            Map.of(Decision.APPROVED, "a/approve", Decision.REJECTED, "b/reject"),
            false,
            "nonce",
            Optional.empty(),
            Optional.empty(),
            new Answer(Optional.of(comment), Optional.of(comment), "", true),
            Optional.of(comment));
    return ReviewPage.open(
        view(Status.OPEN, title, message, name, value, comment), form, DeskDouble.NOW);
  }

  private static String over(
      String title, String message, String name, String value, String comment) {
    WaitView view = view(Status.REJECTED, title, message, name, value, comment);
    return ReviewPage.outcome(
        Outcome.contradicted(Decision.APPROVED, Optional.of(view.votes().get(0))), view);
  }

  private static WaitView view(
      Status status, String title, String message, String name, String value, String comment) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(name, value);
    Vote vote =
        new Vote(
            Decision.REJECTED,
            Optional.empty(),
            Optional.of(name),
            Optional.empty(),
            Optional.of(comment),
            DeskDouble.NOW);
    String text = message.isBlank() ? "x" : message;
    return new WaitView(
        Kind.APPROVAL,
        new Question(title, name, title, text, fields),
        DeskDouble.open(1, 0, false).terms(),
        List.of(vote),
        status);
  }

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "<script>alert(1)</script>",
            "</style><script>alert(1)</script>",
            "</title><svg onload=alert(1)>",
            "</textarea><form action=https://evil.example>",
            "\" autofocus onfocus=alert(1) x=\"",
            "' onmouseover='alert(1)",
            "`-->]]>",
            "<!--",
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\">click</a>",
            "<base href=https://evil.example>",
            "<meta http-equiv=refresh content=0>",
            "&lt;script&gt;",
            "&#60;script&#62;",
            "https://evil.example/x",
            "\u202Egnp.exe",
            "\u2066\u200F\uFEFF",
            "\u0000\u001b[31m\u0085",
            "\ud800",
            "\udc00",
            "\uFFFE",
            "a\r\nb\u2028c",
            "👩‍👩‍👧‍👦 e\u0301\u0301\u0301 नमस्ते",
            "{{context.x}} ${x} %s %d",
            "+ADw-script+AD4-");
    Arbitrary<String> joined =
        pieces.list().ofMinSize(1).ofMaxSize(8).map(parts -> String.join("", parts));
    return Arbitraries.oneOf(joined, Arbitraries.strings().all().ofMaxLength(100));
  }
}
