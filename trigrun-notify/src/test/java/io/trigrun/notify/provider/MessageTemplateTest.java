package io.trigrun.notify.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trigrun.Trigger;
import io.trigrun.notify.TestMessages;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("N21: templates")
class MessageTemplateTest {

  private static final Message FAILED = TestMessages.failed();
  private static final Message PUBLISHED =
      TestMessages.published(
          "run_failed",
          "{\"run\":{\"suite_name\":\"Checkout\",\"steps\":[{\"ms\":12.50},null],\"ok\":false}}",
          Notice.of("Checkout failed", Tone.BAD).withText("2 of 9 steps"));

  private static Message recovered() {
    return new Message(
        "monitor.recovery",
        TestMessages.AT,
        new MonitorSubject(
            TestMessages.MONITOR,
            "API Health",
            Duration.ofSeconds(60),
            Optional.of(TestMessages.AT.minusSeconds(5)),
            Optional.of(Duration.ofSeconds(95))),
        Notice.of("API Health has recovered", Tone.GOOD));
  }

  private static String text(String template, Message message) {
    return MessageTemplate.builder()
        .text(template)
        .build()
        .applyTo(message)
        .notice()
        .text()
        .orElse("");
  }

  private static String title(String template, Message message) {
    return MessageTemplate.builder().title(template).build().applyTo(message).notice().title();
  }

  private static String payload(String template, Message message) {
    return MessageTemplate.builder()
        .payload(template)
        .build()
        .payloadFor(message)
        .orElseThrow()
        .body();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          event                      | execution.failed
          timestamp                  | 2026-03-16T10:00:00.000Z
          title                      | Nightly sync failed
          text                       | ''
          tone                       | bad
          link                       | ''
          job.id                     | 019547f8-0000-7000-8000-000000000001
          job.name                   | Nightly sync
          execution.id               | 019547f8-0000-7000-8000-000000000002
          execution.status           | failed
          execution.status_code      | 500
          execution.error_class      | HTTP_5XX
          execution.body_preview     | Internal Server Error
          execution.attempt          | 3
          execution.retries_exhausted| true
          execution.trigger          | schedule
          execution.scheduled_for    | 2026-03-16T10:00:00.000Z
          output                     | {"rows":12.50}
          output.rows                | 12.50
          output.rows.0              | ''
          monitor.name               | ''
          payload.run                | ''
          """)
  void placeholders_of_an_execution(String name, String value) {
    assertThat(text("{{tone}}>{{" + name + "}}<", FAILED)).endsWith(">" + value + "<");
    assertThat(text("{{tone}}>{{ " + name + " }}<", FAILED)).endsWith(">" + value + "<");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          monitor.id                    | 019547f8-0000-7000-8000-000000000003
          monitor.name                  | API Health
          monitor.expected_interval_sec | 60
          monitor.last_ping_at          | 2026-03-16T09:59:55.000Z
          monitor.down_for_sec          | 95
          job.name                      | ''
          """)
  void placeholders_of_a_monitor(String name, String value) {
    assertThat(text("{{tone}}>{{" + name + "}}<", recovered())).endsWith(">" + value + "<");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          payload.run.suite_name   | Checkout
          payload.run.steps.0.ms   | 12.50
          payload.run.steps.1      | ''
          payload.run.steps.2.ms   | ''
          payload.run.steps.00     | ''
          payload.run.ok           | false
          payload.run.steps        | [{"ms":12.50},null]
          payload.nothing.at.all   | ''
          title                    | Checkout failed
          text                     | 2 of 9 steps
          """)
  void placeholders_of_an_event_of_the_host_s_own(String name, String value) {
    assertThat(text("{{tone}}>{{" + name + "}}<", PUBLISHED)).endsWith(">" + value + "<");
  }

  @Test
  void placeholders_of_a_summary() {
    Message summary =
        new Message(
            "digest",
            TestMessages.AT,
            new DigestSubject(List.of(FAILED, PUBLISHED), 9),
            Notice.of("9 events", Tone.BAD));
    assertThat(title("{{digest.count}} for {{title}}", summary)).isEqualTo("9 for 9 events");
    assertThat(payload("{\"all\":\"{{digest.items}}\"}", summary))
        .isEqualTo(
            "{\"all\":[{\"event\":\"execution.failed\","
                + "\"timestamp\":\"2026-03-16T10:00:00.000Z\",\"title\":\"Nightly sync failed\"},"
                + "{\"event\":\"run_failed\","
                + "\"timestamp\":\"2026-03-16T10:00:00.000Z\",\"title\":\"Checkout failed\"}]}");
  }

  @Test
  void a_title_stays_one_line_and_is_never_blank() {
    assertThat(title("[prod] {{title}}", FAILED)).isEqualTo("[prod] Nightly sync failed");
    assertThat(title("{{job.name}}!", TestMessages.succeeded("a\r\nb\u2028c")))
        .isEqualTo("a  b c!");
    assertThat(title("{{monitor.name}} ", FAILED)).isEqualTo("Nightly sync failed");
    assertThat(title("{{job.name}}", TestMessages.succeeded("x".repeat(249) + "\uD83D\uDE00y")))
        .isEqualTo("x".repeat(249) + "…");
    assertThat(title("{{job.name}}", TestMessages.succeeded("x".repeat(250)))).hasSize(250);
  }

  @Test
  void a_text_is_cut_visibly() {
    Message message = TestMessages.succeeded("y".repeat(4_097));
    assertThat(text("{{job.name}}", message)).hasSize(4_096).endsWith("y…");
  }

  @Test
  void words_of_which_nothing_has_a_value_were_meant_for_other_messages() {
    String words = "[prod] {{job.name}}: {{execution.status}}";
    assertThat(title(words, PUBLISHED)).isEqualTo("Checkout failed");
    assertThat(text(words, PUBLISHED)).isEqualTo("2 of 9 steps");
    assertThat(text(words, recovered())).isEmpty();
    assertThat(title(words + " {{event}}", PUBLISHED)).isEqualTo("[prod] :  run_failed");
    assertThat(title("always", PUBLISHED)).isEqualTo("always");
  }

  @Test
  void whole_values_of_a_payload_keep_their_types() {
    assertThat(
            payload(
                """
                {"code": "{{execution.status_code}}", "done": "{{execution.retries_exhausted}}",
                 "output": "{{output}}", "rows": ["{{output.rows}}", "{{output.none}}"],
                 "line": "{{execution.status_code}}: {{output}}{{monitor.name}}", "n": 1.10}""",
                FAILED))
        .isEqualTo(
            "{\"code\":500,\"done\":true,\"output\":{\"rows\":12.50},\"rows\":[12.50,null],"
                + "\"line\":\"500: {\\\"rows\\\":12.50}\",\"n\":1.10}");
    assertThat(payload("[\"{{execution.status_code}}\"]", TestMessages.succeeded("x")))
        .isEqualTo("[null]");
  }

  @Test
  void values_of_a_payload_are_escaped() {
    assertThat(
            payload(
                "{\"a\":\"{{job.name}}\",\"b\":\"is {{job.name}}\"}",
                TestMessages.succeeded("\",\"admin\":true,\"x\":\"\n\\")))
        .isEqualTo(
            "{\"a\":\"\\\",\\\"admin\\\":true,\\\"x\\\":\\\"\\n\\\\\","
                + "\"b\":\"is \\\",\\\"admin\\\":true,\\\"x\\\":\\\"\\n\\\\\"}");
  }

  @Test
  void what_a_value_holds_is_not_a_template() {
    Message message = TestMessages.succeeded("{{execution.id}}");
    assertThat(text("{{job.name}}", message)).isEqualTo("{{execution.id}}");
    assertThat(payload("[\"{{job.name}}\"]", message)).isEqualTo("[\"{{execution.id}}\"]");
  }

  @Test
  void the_payload_speaks_in_the_words_of_the_title() {
    MessageTemplate template =
        MessageTemplate.builder().title("!{{title}}").payload("{\"text\":\"{{title}}\"}").build();
    assertThat(template.payloadFor(template.applyTo(FAILED)).orElseThrow().body())
        .isEqualTo("{\"text\":\"!Nightly sync failed\"}");
  }

  @Test
  void a_payload_that_grows_beyond_all_bounds_is_not_taken() {
    Message big =
        TestMessages.published(
            "run_failed",
            "{\"a\":\"" + "x".repeat(60_000) + "\"}",
            Notice.of("Run failed", Tone.BAD));
    MessageTemplate template =
        MessageTemplate.builder().payload("[" + "\"{{payload}}\",".repeat(9) + "1]").build();
    assertThat(template.payloadFor(big)).isEmpty();
    assertThat(template.payloadFor(PUBLISHED)).isPresent();
  }

  @Test
  void a_value_that_is_nested_too_deeply_to_be_written_is_nothing() {
    Message deep =
        TestMessages.published(
            "run_failed",
            "{\"a\":" + "[".repeat(480) + "]".repeat(480) + "}",
            Notice.of("Run failed", Tone.BAD));
    assertThat(payload("[[[\"{{payload.a}}\"]]]", deep)).isEqualTo("[[[null]]]");
    assertThat(text("{{event}}{{payload.a}}", deep)).isEqualTo("run_failed");
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    ValidationException refused =
        catchThrowableOfType(
            ValidationException.class,
            () ->
                MessageTemplate.builder()
                    .title("{{job.nam}} {{date}}\n")
                    .text("{{job.name}} {{}} {{job.name")
                    .payload("{\"a\":[{\"b\":\"{{jobs}}\"}],\"{{event}}\":\"{{payload..a}}\"}")
                    .build());
    assertThat(refused.problems())
        .extracting(problem -> problem.field() + " < " + problem.got())
        .containsExactly(
            "template.title < {{job.nam}}",
            "template.title < {{date}}",
            "template.text < {{}}",
            "template.text < {{ that is never closed",
            "template.payload.a[0].b < {{jobs}}",
            "template.payload.{{event}} < one in a key",
            "template.payload.{{event}} < {{payload..a}}",
            "template.title < some");
    assertThat(refused.problems().get(0).expected())
        .startsWith("one of {{event}}, {{timestamp}}, {{title}}")
        .endsWith("with any path such as {{payload.run.id}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense           | valid JSON without repeated keys, got a mistake at line 1, column
          {"a":1,"a":2}      | valid JSON without repeated keys
          {} {}              | valid JSON without repeated keys
          "{{title}}"        | a JSON object or array, got another JSON value
          ["{{title.length}}"] | one of
          """)
  void a_payload_is_json(String payload, String problem) {
    MessageTemplate.Builder builder = MessageTemplate.builder().payload(payload);
    assertThatThrownBy(builder::build)
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("template.payload")
        .hasMessageContaining("expected " + problem);
  }

  @Test
  void there_are_limits() {
    assertThat(problems(MessageTemplate.builder().title(" ").text("")))
        .containsExactly(
            "template.title: expected 1 to 1000 characters, not only spaces, got 1 characters",
            "template.text: expected 1 to 4096 characters, not only spaces, got 0 characters");
    assertThat(problems(MessageTemplate.builder().title("x".repeat(1_001)))).hasSize(1);
    assertThat(problems(MessageTemplate.builder().text("x".repeat(4_097)))).hasSize(1);
    assertThat(problems(MessageTemplate.builder().text("{{event}}".repeat(51))))
        .containsExactly("template.text: expected at most 50 placeholders, got 51");
    assertThat(problems(MessageTemplate.builder().payload("[\"" + "{{event}}".repeat(51) + "\"]")))
        .containsExactly("template.payload: expected at most 50 placeholders, got 51");
    assertThat(problems(MessageTemplate.builder().payload("[\"" + "x".repeat(16_381) + "\"]")))
        .containsExactly(
            "template.payload: expected at most 16384 characters, got 16385 characters");
    assertThat(problems(MessageTemplate.builder().payload("[".repeat(21) + "]".repeat(21))))
        .containsExactly(
            "template.payload" + "[0]".repeat(20) + ": expected at most 20 levels, got more");
    assertThat(problems(MessageTemplate.builder().text("\0")))
        .singleElement()
        .asString()
        .startsWith("template.text: expected no U+0000");

    MessageTemplate most =
        MessageTemplate.builder()
            .title("x".repeat(1_000))
            .text("{{event}}".repeat(50))
            .payload("[".repeat(20) + "\"" + "{{event}}".repeat(50) + "\"" + "]".repeat(20))
            .build();
    assertThat(most.payloadFor(FAILED)).isPresent();
  }

  private static List<String> problems(MessageTemplate.Builder builder) {
    return catchThrowableOfType(ValidationException.class, builder::build).problems().stream()
        .map(Problem::message)
        .toList();
  }

  @Test
  void one_template_comes_before_another_part_by_part() {
    MessageTemplate rule = MessageTemplate.builder().title("a").build();
    MessageTemplate channel = MessageTemplate.builder().title("b").text("c").payload("[]").build();

    assertThat(rule.orElse(channel))
        .isEqualTo(MessageTemplate.builder().title("a").text("c").payload("[]").build());
    assertThat(MessageTemplate.none().orElse(channel))
        .isEqualTo(channel)
        .hasToString("MessageTemplate[title=true, text=true, payload=true]");
    assertThat(MessageTemplate.none().applyTo(FAILED)).isEqualTo(FAILED);
    assertThat(MessageTemplate.none().payloadFor(FAILED)).isEmpty();
  }

  @Test
  void every_trigger_has_a_word() {
    for (Trigger trigger : Trigger.values()) {
      Message message = TestMessages.failed(new RunDetail(1, false, trigger, TestMessages.AT));
      assertThat(text("{{execution.trigger}}", message)).matches("[a-z_]+");
    }
  }

  @Test
  void approvals_and_messages_of_runs_have_names_of_their_own() {
    Message asked = TestMessages.approval();
    assertThat(text("{{approval.approver}} {{approval.step}} {{approval.fields.Order}}", asked))
        .isEqualTo("anna review 4711");
    assertThat(text("{{approval.review_url}}", asked)).isEqualTo(TestMessages.REVIEW_URL);
    assertThat(text("{{link}}", asked)).isEqualTo(TestMessages.REVIEW_URL);
    assertThat(text("{{approval.expires_at}}", asked)).isEqualTo("2026-03-16T11:00:00.000Z");
    assertThat(text("{{approval.fields}}", asked))
        .isEqualTo("{\"Order\":\"4711\",\"Amount\":\"120 €\"}");
    assertThat(text("{{message.facts.Orders}} {{message.execution_id}}", TestMessages.note()))
        .isEqualTo("12 " + TestMessages.RUN);
  }

  @Test
  void words_about_executions_leave_what_runs_ask_alone() {
    MessageTemplate words =
        MessageTemplate.builder().title("[prod] {{job.name}}: {{execution.status}}").build();
    assertThat(words.applyTo(TestMessages.approval())).isEqualTo(TestMessages.approval());
    assertThat(words.applyTo(TestMessages.note())).isEqualTo(TestMessages.note());
  }

  @Test
  void the_guide_lists_exactly_the_names_there_are() throws IOException {
    String guide = Files.readString(Path.of("../docs/notifications.md"));
    String section = guide.substring(guide.indexOf("\n## Templates"));
    String table = section.substring(section.indexOf("\n| placeholder"));
    List<String> listed =
        Pattern.compile("`\\{\\{([a-z_.]+)}}`")
            .matcher(table.substring(0, table.indexOf("\n\n", 1)))
            .results()
            .map((MatchResult name) -> name.group(1))
            .toList();
    assertThat(
            listed.stream()
                .filter(
                    name ->
                        !name.matches("(output|payload|approval.fields|message.facts)(\\..*)?")))
        .containsExactlyElementsOf(TemplateVariable.fixedNames());
  }
}
