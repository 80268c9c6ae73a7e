package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.notify.TestMessages;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import tools.jackson.databind.JsonNode;

/** What jobs may print: any Unicode, and all that a chat would take for more than text. */
final class HostileTexts {

  private static final List<String> PIECES =
      List.of(
          "@everyone @channel <@U123> <!here> @all",
          "<at>Everybody</at>",
          "</pre><b>out</b><pre>",
          "<a href=\"https://evil.example\">Log in</a>",
          "[Log in](https://evil.example) **bold** _it_ `code` ```fence``` # head",
          "https://evil.example/x?a=b&c=d t.me/evil evil.example ftp://x.example",
          "{{DATE(2026-03-16T10:00:00Z,SHORT)}} {{{TIME(2026-03-16T10:00:00Z)}}} ${x}",
          "&amp;&lt;&#60;&quot;&nbsp;",
          "\u202Egnp.exe\u202C \u2066isolated\u2069 \u200Fmark",
          "\u0000\u0001\u0007\u001b[31mred\u001b[0m\u007f\u0085\u009b",
          "\ud800 lone \udc00 halves \udc00\ud800",
          "one\r\ntwo\rthree\u2028four\u2029five\nsix",
          "\"quotes\" 'and' \\back\\slashes\\ \\u0041 \"}],\"type\":\"x\"",
          "👩‍👩‍👧‍👦🏳️‍🌈👍🏽 e\u0301\u0301\u0301 नमस्ते",
          "#tag $CASH /command me@evil.example tg://resolve?domain=evil 10.0.0.1",
          "\uFFFE\uFFFF\uFEFF\u200B\u2060",
          "<!channel>",
          "<@U024BE7LH>",
          "<!subteam^S0614TZR7>",
          "<https://evil.example|click>",
          "@everyone",
          "@here",
          "<@&123>",
          "<@123>",
          "<#1>",
          "<t:1>",
          "</a:1>",
          "<:a:1>",
          "[click](https://evil.example)",
          "https://evil.example/x",
          "discord.gg/abc",
          "a@b.com",
          "```",
          "`",
          "\\",
          "**",
          "__",
          "~~",
          "||",
          "> ",
          "\n",
          "\r\n",
          "# ",
          "-# ",
          "- ",
          "1. ",
          "&amp;",
          "&",
          "\"",
          "\u202E",
          "\u2066",
          "\u200B",
          "\u0000",
          "\u001B[31m",
          "\uD83D",
          "\uDE00",
          "😀",
          "e\u0301",
          "👩‍🚀",
          " ",
          "text",
          "{",
          "@",
          ".",
          "<",
          "界",
          "👍",
          "\u0301",
          "a");

  private HostileTexts() {}

  /** From nothing to long, from harmless to nasty; at most so many chars of UTF-16. */
  static Arbitrary<String> texts(int longest) {
    Arbitrary<String> pieces = Arbitraries.of(PIECES);
    Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(20);
    Arbitrary<String> mixed =
        Arbitraries.oneOf(pieces, any).list().ofMaxSize(30).map(all -> String.join("", all));
    Arbitrary<String> repeated =
        Combinators.combine(pieces, Arbitraries.integers().between(0, longest))
            .as((piece, size) -> piece.repeat(size / piece.length()));
    return Arbitraries.frequencyOf(Tuple.of(4, mixed), Tuple.of(1, repeated))
        .map(text -> text.length() <= longest ? text : text.substring(0, longest));
  }

  /** Messages with such texts in all places. */
  static Arbitrary<Message> messages() {
    return Combinators.combine(Notices.any(), texts(200), texts(4_096).optional())
        .as(HostileTexts::message);
  }

  static Message message(Notice notice, String jobName, Optional<String> preview) {
    Message failed = TestMessages.failed(notice);
    ExecutionSubject about = (ExecutionSubject) failed.subject();
    ExecutionSubject subject =
        new ExecutionSubject(
            about.jobId(),
            jobName,
            about.executionId(),
            about.status(),
            about.statusCode(),
            preview,
            about.errorClass(),
            about.output(),
            about.run());
    return new Message(failed.event(), failed.at(), subject, notice);
  }

  /** Reads what was rendered and checks what is true of each text in it. */
  static JsonNode read(String json) {
    JsonNode payload = JsonText.read(json);
    check(payload);
    return payload;
  }

  private static void check(JsonNode node) {
    if (node.isString()) {
      isVisible(node.asString());
    }
    node.values().forEach(HostileTexts::check);
  }

  private static void isVisible(String text) {
    assertThat(text).isEqualTo(VisibleText.lines(text));
  }
}
