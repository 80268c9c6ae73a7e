package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.notify.TestMessages;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import java.net.URI;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tools.jackson.databind.JsonNode;

/** What jobs may print: any Unicode, and all that a chat would take for more than text. */
final class HostileTexts {

  private HostileTexts() {}

  static Arbitrary<String> texts(int most) {
    Arbitrary<String> pieces =
        Arbitraries.of(
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
            "text");
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(20);
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(
            4,
            Arbitraries.oneOf(pieces, any).list().ofMaxSize(30).map(all -> String.join("", all))),
        net.jqwik.api.Tuple.of(
            1,
            Combinators.combine(pieces, Arbitraries.integers().between(0, most))
                .as((piece, size) -> piece.repeat(size / piece.length()))));
  }

  /** Messages with such texts in all places. */
  static Arbitrary<Message> messages() {
    Arbitrary<Fact> fact = Combinators.combine(texts(60), texts(1_000)).as(Fact::new);
    Arbitrary<Optional<URI>> link =
        Arbitraries.of(
            Optional.empty(),
            Optional.of(URI.create("https://trigrun.example/runs/1?a=1&b=2")),
            Optional.of(URI.create("javascript:alert(1)")));
    Arbitrary<Notice> notices =
        Combinators.combine(
                texts(250),
                Arbitraries.of(Tone.class),
                texts(4_096).optional(),
                fact.list().ofMaxSize(20),
                texts(4_096).optional(),
                link)
            .as(Notice::new);
    return Combinators.combine(notices, texts(200), texts(4_096).optional())
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
