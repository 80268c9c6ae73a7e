package io.trigrun.notify.channel;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of a Discord message: one embed (row N5).
 *
 * @see <a href="https://discord.com/developers/docs/resources/message#embed-object">Discord's
 *     limits</a>
 */
final class DiscordPayload {

  static final int LONGEST_CONTENT = 2_000;
  static final int LONGEST_TITLE = 256;
  static final int LONGEST_DESCRIPTION = 4_096;
  static final int LONGEST_NAME = 256;
  static final int LONGEST_VALUE = 1_024;

  /** Of all texts of an embed together. */
  static final int LONGEST_EMBED = 6_000;

  private static final int LONGEST_TEXT = 2_000; // leaves room for output
  private static final int LONGEST_FOOTER = 100;
  private static final int LONGEST_URL = 2_000;
  private static final int LEAST_OUTPUT = 600; // room that facts leave to it
  private static final int SHORT_VALUE = 40;

  private DiscordPayload() {}

  static String of(DiscordConfig config, Message message) {
    ObjectNode payload = JsonText.object();
    String mentions =
        config.roleIds().stream().map(id -> "<@&" + id + ">").collect(Collectors.joining(" "));
    if (config.format() == ChatFormat.PLAIN) {
      String link =
          url(OlderText.link(message), LONGEST_CONTENT / 2)
              .map(url -> "\n<" + url + ">")
              .orElse("");
      payload.put("content", content(mentions, OlderText.of(message), link));
      if (mentions.isEmpty()) {
        return JsonText.write(payload); // the older format has no other key, and nobody to mention
      }
    } else {
      if (!mentions.isEmpty()) {
        payload.put("content", mentions); // in an embed they would tell nobody
      }
      embed(payload.putArray("embeds").addObject(), config, message);
    }
    ObjectNode allowed = payload.putObject("allowed_mentions");
    allowed.putArray("parse");
    if (!config.roleIds().isEmpty()) {
      ArrayNode roles = allowed.putArray("roles");
      config.roleIds().forEach(roles::add);
    }
    return JsonText.write(payload);
  }

  private static String content(String mentions, String text, String link) {
    String before = mentions.isEmpty() ? "" : mentions + " ";
    int most = LONGEST_CONTENT - before.length() - link.length();
    return before + fitted(VisibleText.orDash(text.strip()), most) + link;
  }

  private static Optional<String> url(Optional<URI> link, int most) {
    return link.map(URI::toASCIIString)
        .filter(url -> url.length() <= most && url.matches("(?i)https?://[!-~&&[^<>]]+"));
  }

  private static void embed(ObjectNode embed, DiscordConfig config, Message message) {
    Notice notice = message.notice();
    String title = fitted(VisibleText.orDash(VisibleText.line(notice.title())), LONGEST_TITLE);
    String footer =
        Truncate.to(VisibleText.orDash(VisibleText.line(message.event())), LONGEST_FOOTER);
    String text =
        VisibleText.lines(notice.text())
            .map(lines -> fitted(lines.strip(), LONGEST_TEXT))
            .orElse("");
    Optional<String> output =
        VisibleText.lines(notice.output().filter(said -> config.includeOutput()));
    int room = LONGEST_EMBED - title.length() - footer.length() - text.length();
    int roomForFacts = output.isPresent() ? room - LEAST_OUTPUT : room;
    List<Fact> facts = FittingFacts.of(notice.facts(), some -> size(some) <= roomForFacts);
    String description = output.map(said -> below(text, said, room - size(facts))).orElse(text);
    embed.put("title", title);
    url(notice.link(), LONGEST_URL).ifPresent(url -> embed.put("url", url));
    if (!description.isEmpty()) {
      embed.put("description", description);
    }
    embed.put("color", color(notice.tone()));
    fields(embed, facts);
    embed.putObject("footer").put("text", footer);
    embed.put("timestamp", message.at().truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private static String below(String text, String output, int room) {
    String before = text.isEmpty() ? "" : text + "\n";
    int most = Math.min(LONGEST_DESCRIPTION - before.length(), room - 1);
    String cut = Truncate.to(output, most, some -> DiscordText.fenced(some).length());
    return before + DiscordText.fenced(cut);
  }

  private static void fields(ObjectNode embed, List<Fact> facts) {
    if (facts.isEmpty()) {
      return;
    }
    ArrayNode fields = embed.putArray("fields");
    for (Fact fact : facts) {
      String value = value(fact);
      fields
          .addObject()
          .put("name", name(fact))
          .put("value", value)
          .put("inline", value.length() <= SHORT_VALUE && value.indexOf('\n') < 0);
    }
  }

  private static int size(List<Fact> facts) {
    return facts.stream().mapToInt(fact -> name(fact).length() + value(fact).length()).sum();
  }

  private static String name(Fact fact) {
    return fitted(VisibleText.orDash(VisibleText.line(fact.name())), LONGEST_NAME);
  }

  private static String value(Fact fact) {
    return fitted(VisibleText.orDash(VisibleText.lines(fact.value()).strip()), LONGEST_VALUE);
  }

  private static String fitted(String text, int most) {
    return DiscordText.inert(Truncate.to(text, most, some -> DiscordText.inert(some).length()));
  }

  private static int color(Tone tone) {
    return switch (tone) {
      case GOOD -> 0x2ECC71;
      case BAD -> 0xE74C3C;
      case WARNING -> 0xF1C40F;
      case NEUTRAL -> 0x95A5A6;
    };
  }
}
