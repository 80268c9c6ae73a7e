package io.trigrun.notify.channel;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.internal.Timestamps;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of a Slack message: Block Kit, with a text for notifications and screen readers (row
 * N4). What events say stands in {@code plain_text} and {@code rich_text} only, where Slack reads
 * no markup.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Slack's limits</a>
 */
final class SlackPayload {

  /** Of the JSON; Slack refuses messages of somewhat more than 13,000. */
  static final int LONGEST = 12_000;

  static final int LONGEST_TEXT = 3_000;
  static final int LONGEST_HEADER = 150;

  private static final int LONGEST_TITLE = 750;
  private static final int LONGEST_FACT = 1_000;
  private static final int LONGEST_LABEL = 100;
  private static final int LONGEST_LINK = 1_500;
  private static final int LEAST_OUTPUT = 1_000; // room that facts leave to it
  private static final int FACTS_A_SECTION = 5; // of two fields each; a section has ten
  private static final Pattern SIMPLE_LABEL = Pattern.compile("[\\p{L}\\p{N} ()/-]+");

  private SlackPayload() {}

  static String of(SlackConfig config, Message message) {
    return JsonText.write(
        config.format() == ChatFormat.PLAIN ? plain(config, message) : rich(config, message));
  }

  private static ObjectNode plain(SlackConfig config, Message message) {
    String link =
        OlderText.link(message).flatMap(SlackPayload::link).map(url -> "\n" + url).orElse("");
    return JsonText.object()
        .put("text", text(config, VisibleText.orDash(OlderText.of(message)), link));
  }

  private static ObjectNode rich(SlackConfig config, Message message) {
    Notice notice = message.notice();
    Optional<String> output =
        VisibleText.lines(notice.output().filter(text -> config.includeOutput()));
    int most = output.isPresent() ? LONGEST - LEAST_OUTPUT : LONGEST;
    List<Fact> facts =
        FittingFacts.of(
            notice.facts(), some -> size(rich(config, message, some, Optional.empty())) <= most);
    return rich(
        config,
        message,
        facts,
        output
            .map(
                text ->
                    Truncate.to(
                        text, LONGEST, cut -> size(rich(config, message, facts, Optional.of(cut)))))
            .filter(text -> !VisibleText.isBlank(text)));
  }

  private static int size(ObjectNode payload) {
    return JsonText.write(payload).length();
  }

  private static ObjectNode rich(
      SlackConfig config, Message message, List<Fact> facts, Optional<String> output) {
    Notice notice = message.notice();
    String title = VisibleText.orDash(VisibleText.line(notice.title()));
    Optional<String> text = VisibleText.lines(notice.text());
    ObjectNode payload =
        JsonText.object()
            .put("text", text(config, text.map(lines -> title + "\n" + lines).orElse(title), ""));
    ArrayNode blocks = payload.putArray("blocks");
    if (!config.mentions().isEmpty()) {
      mrkdwn(section(blocks).putObject("text"), config.mentions());
    }
    String header = symbol(notice.tone()) + title;
    plainText(
        blocks.addObject().put("type", "header").putObject("text"),
        Truncate.to(header, LONGEST_HEADER));
    if (header.length() > LONGEST_HEADER) {
      plainText(
          section(blocks).putObject("text"), Truncate.to(title, LONGEST_TITLE, SlackPayload::cost));
    }
    text.ifPresent(
        lines ->
            plainText(
                section(blocks).putObject("text"),
                Truncate.to(lines, LONGEST_TEXT, SlackPayload::cost)));
    facts(blocks, facts);
    output.ifPresent(lines -> preformatted(blocks, lines));
    notice
        .link()
        .flatMap(SlackPayload::link)
        .ifPresent(link -> mrkdwn(section(blocks).putObject("text"), link));
    context(blocks, message);
    return payload.put("unfurl_links", false).put("unfurl_media", false);
  }

  /** What stands for the message where blocks are not shown, and all there is of a plain one. */
  private static String text(SlackConfig config, String text, String link) {
    String mentions = config.mentions().isEmpty() ? "" : config.mentions() + " ";
    int most = LONGEST_TEXT - mentions.length() - link.length();
    String cut = Truncate.to(text, most, some -> cost(SlackText.inert(some)));
    return mentions + SlackText.inert(cut) + link;
  }

  /** The length as JSON, quotes aside. */
  private static int cost(String text) {
    return size(JsonText.object().put("", text)) - "{\"\":\"\"}".length();
  }

  private static void facts(ArrayNode blocks, List<Fact> facts) {
    for (int i = 0; i < facts.size(); i += FACTS_A_SECTION) {
      ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
      for (Fact fact : facts.subList(i, Math.min(i + FACTS_A_SECTION, facts.size()))) {
        label(fields.addObject(), VisibleText.orDash(VisibleText.line(fact.name())));
        plainText(
            fields.addObject(),
            Truncate.to(VisibleText.orDash(VisibleText.lines(fact.value())), LONGEST_FACT));
      }
    }
  }

  private static void label(ObjectNode field, String name) {
    String label = Truncate.to(name, LONGEST_LABEL);
    if (SIMPLE_LABEL.matcher(label).matches()) {
      mrkdwn(field, "*" + label + "*");
    } else {
      plainText(field, label);
    }
  }

  private static void preformatted(ArrayNode blocks, String lines) {
    ObjectNode block = blocks.addObject().put("type", "rich_text");
    ObjectNode element =
        block.putArray("elements").addObject().put("type", "rich_text_preformatted");
    element.putArray("elements").addObject().put("type", "text").put("text", lines);
  }

  private static Optional<String> link(URI link) {
    String url = link.toASCIIString();
    boolean usable =
        url.matches("(?i)https?://[!-~&&[^<>|\"`]]+")
            && SlackText.escape(url).length() <= LONGEST_LINK;
    return usable ? Optional.of("<" + SlackText.escape(url) + "|Open>") : Optional.empty();
  }

  /** The time is shown in the zone of whoever looks at it. */
  private static void context(ArrayNode blocks, Message message) {
    Instant at = message.at();
    ArrayNode elements = blocks.addObject().put("type", "context").putArray("elements");
    plainText(
        elements.addObject(),
        VisibleText.orDash(Truncate.to(VisibleText.line(message.event()), 100)));
    mrkdwn(
        elements.addObject(),
        "<!date^"
            + at.getEpochSecond()
            + "^{date_short} {time_secs}|"
            + Timestamps.forPeople(at)
            + ">");
  }

  private static ObjectNode section(ArrayNode blocks) {
    return blocks.addObject().put("type", "section");
  }

  private static void plainText(ObjectNode object, String text) {
    object.put("type", "plain_text").put("text", text).put("emoji", false);
  }

  private static void mrkdwn(ObjectNode object, String text) {
    object.put("type", "mrkdwn").put("text", text).put("verbatim", true);
  }

  private static String symbol(Tone tone) {
    return switch (tone) {
      case GOOD -> "\u2705 ";
      case BAD -> "\uD83D\uDD34 ";
      case WARNING -> "\u26A0\uFE0F ";
      case NEUTRAL -> "";
    };
  }
}
