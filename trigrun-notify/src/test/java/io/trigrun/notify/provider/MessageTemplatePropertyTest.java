package io.trigrun.notify.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Trigger;
import io.trigrun.notify.TestMessages;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.validation.StorableText;
import io.trigrun.validation.ValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import tools.jackson.databind.JsonNode;

/** Whatever jobs, hosts and attackers write. */
@DisplayName("N21: templates, whatever stands in their variables")
class MessageTemplatePropertyTest {

  private static final List<String> NAMES = new ArrayList<>(TemplateVariable.fixedNames());

  static {
    NAMES.addAll(List.of("output", "output.a", "payload", "payload.a", "payload.a.0.b", " event "));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> nasty =
        Arbitraries.of(
            "\"",
            "\\",
            "\n",
            "\r",
            "\0",
            "\u2028",
            "\u202E",
            "\uD83D",
            "\uDE00",
            "}}",
            "{{event}}",
            "\",\"admin\":true,\"",
            "</script>",
            "\\u0022",
            "\u200D",
            "e\u0301");
    return Arbitraries.oneOf(Arbitraries.strings().all().ofMaxLength(40), nasty)
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts))
        .map(text -> text.length() % 7 == 0 ? text.repeat(200) : text);
  }

  @Provide
  Arbitrary<Message> messages() {
    Arbitrary<String> text = texts();
    Arbitrary<Message> runs =
        Combinators.combine(text, text.optional(), text.optional(), text.optional(), text)
            .as(MessageTemplatePropertyTest::run);
    Arbitrary<Message> events =
        text.map(
            words ->
                TestMessages.published(
                    "run_failed",
                    JsonText.write(JsonText.object().put("a", words)),
                    Notice.of(words, Tone.BAD).withText(words)));
    return Arbitraries.oneOf(
        runs,
        events,
        text.map(words -> TestMessages.published("x", words, Notice.of("x", Tone.BAD))),
        Arbitraries.just(TestMessages.down()));
  }

  private static Message run(
      String name,
      Optional<String> preview,
      Optional<String> errorClass,
      Optional<String> output,
      String title) {
    return new Message(
        "execution.failed",
        TestMessages.AT,
        new ExecutionSubject(
            TestMessages.JOB,
            name,
            TestMessages.RUN,
            "failed",
            Optional.empty(),
            preview,
            errorClass,
            output,
            new RunDetail(1, true, Trigger.SCHEDULE, TestMessages.AT)),
        Notice.of(title, Tone.BAD));
  }

  /** Placeholders in any order, with something in between. */
  @Provide
  Arbitrary<String> templates() {
    return Combinators.combine(Arbitraries.of("", " ", "-", "}", "é", "{ "), Arbitraries.of(NAMES))
        .as((before, name) -> before + "{{" + name + "}}")
        .list()
        .ofMinSize(1)
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  @Property
  void a_title_is_one_line_of_at_most_250_characters_and_a_text_has_at_most_4096(
      @ForAll("messages") Message message, @ForAll("templates") String template) {
    Notice notice =
        MessageTemplate.builder().title(template).text(template).build().applyTo(message).notice();

    if (!notice.title().equals(message.notice().title())) { // which it is if nothing has a value
      assertThat(notice.title()).isNotBlank().hasSizeLessThanOrEqualTo(250);
      assertThat(notice.title().codePoints())
          .noneMatch(Character::isISOControl)
          .noneMatch(c -> c == 0x2028 || c == 0x2029);
      assertThat(StorableText.isStorable(notice.title())).isTrue();
    }
    if (!notice.text().equals(message.notice().text())) {
      assertThat(notice.text().orElseThrow()).isNotBlank().hasSizeLessThanOrEqualTo(4_096);
      assertThat(StorableText.isStorable(notice.text().orElseThrow())).isTrue();
    }
    assertThat(notice.facts()).isEqualTo(message.notice().facts());
  }

  @Property
  void a_payload_keeps_its_shape(
      @ForAll("messages") Message message, @ForAll("templates") String template) {
    JsonNode shape =
        JsonText.object()
            .put("one", template)
            .put("constant", "x\"y")
            .set("inner", JsonText.object().put("two", template + "!"));

    String json =
        MessageTemplate.builder()
            .payload(JsonText.write(shape))
            .build()
            .payloadFor(message)
            .map(Rendering::body)
            .orElse("");
    if (json.isEmpty()) { // longer than all bounds
      return;
    }

    assertThat(StorableText.isStorable(json)).isTrue();
    JsonNode read = JsonText.readStrictly(json);
    assertThat(read.propertyNames()).containsExactly("one", "constant", "inner");
    assertThat(read.get("constant").stringValue()).isEqualTo("x\"y");
    assertThat(read.get("inner").propertyNames()).containsExactly("two");
    assertThat(read.get("inner").get("two").stringValue()).endsWith("!");
  }

  @Property
  void a_text_arrives_in_a_payload_as_it_is(@ForAll("texts") String name) {
    String json =
        MessageTemplate.builder()
            .payload("{\"whole\":\"{{job.name}}\",\"part\":\"<{{job.name}}>\"}")
            .build()
            .payloadFor(run(name, Optional.empty(), Optional.empty(), Optional.empty(), "x"))
            .orElseThrow()
            .body();

    JsonNode read = JsonText.readStrictly(json);
    String expected = storable(name);
    assertThat(read.get("whole").stringValue()).isEqualTo(expected);
    assertThat(read.get("part").stringValue()).isEqualTo("<" + expected + ">");
  }

  /** JSON has a way to write NUL. */
  private static String storable(String text) {
    StringBuilder storable = new StringBuilder(StorableText.of(text));
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == 0) {
        storable.setCharAt(i, '\0');
      }
    }
    return storable.toString();
  }

  @Property
  void any_template_is_refused_or_renders(
      @ForAll("sources") String source, @ForAll("messages") Message message) {
    MessageTemplate template;
    try {
      template = MessageTemplate.builder().title(source).text(source).payload(source).build();
    } catch (ValidationException e) {
      assertThat(e.problems()).allSatisfy(p -> assertThat(p.field()).startsWith("template."));
      return;
    }
    assertThat(template.applyTo(message).notice().title()).isNotNull();
    template.payloadFor(message).ifPresent(rendered -> JsonText.readStrictly(rendered.body()));
  }

  @Provide
  Arbitrary<String> sources() {
    Arbitrary<String> pieces =
        Arbitraries.oneOf(
            Arbitraries.of("{{", "}}", "{", "}", "event", "payload.", ".", "[\"", "\"]", ",", " "),
            Arbitraries.of(NAMES).map(name -> "{{" + name + "}}"),
            Arbitraries.strings().all().ofMaxLength(5));
    Arbitrary<String> any = pieces.list().ofMaxSize(10).map(parts -> String.join("", parts));
    return Arbitraries.oneOf(any, any.map(text -> "[\"" + text + "\"]"));
  }
}
