package io.trigrun.notify.channel;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.internal.Timestamps;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A notice as an adaptive card of version 1.2, the newest that Teams shows on every device.
 *
 * <p>All words stand in text runs: unlike text blocks and fact sets they know no Markdown, so no
 * link and no list comes out of them. Macros such as {@code {{DATE(...)}}} are expanded in runs,
 * too, and are taken apart. A mention needs an entry beside the body, which is never written.
 */
final class TeamsCard {

  /**
   * UTF-8 bytes of the whole message. Teams takes 28,672, counted after a transformation of its own
   * that makes messages longer.
   */
  static final int MOST_BYTES = 20_000;

  private static final Pattern MACRO = Pattern.compile("\\{(?=\\{)");
  private static final String TAKEN_APART = "{\u2060"; // a word joiner, which nobody sees

  private TeamsCard() {}

  static ObjectNode envelope(Notice notice, Instant at) {
    return rendered(NoticeCut.to(notice, n -> bytes(rendered(n, at)) <= MOST_BYTES), at);
  }

  private static int bytes(ObjectNode json) {
    return JsonText.write(json).getBytes(StandardCharsets.UTF_8).length;
  }

  private static ObjectNode rendered(Notice notice, Instant at) {
    ObjectNode message = JsonText.object().put("type", "message");
    ObjectNode attachment =
        message
            .putArray("attachments")
            .addObject()
            .put("contentType", "application/vnd.microsoft.card.adaptive")
            .putNull("contentUrl");
    ObjectNode card =
        attachment
            .putObject("content")
            .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .put("type", "AdaptiveCard")
            .put("version", "1.2");
    ArrayNode body = card.putArray("body");
    run(container(body, style(notice.tone())).put("bleed", true).putArray("items"), notice.title())
        .put("weight", "bolder")
        .put("size", "large");
    notice.text().ifPresent(text -> run(body, text));
    for (Fact fact : notice.facts()) {
      ArrayNode inlines = richText(body).put("spacing", "small").putArray("inlines");
      inlines.add(run(fact.name() + ": ").put("weight", "bolder"));
      inlines.add(run(fact.value()));
    }
    notice
        .output()
        .ifPresent(
            output ->
                run(container(body, "emphasis").putArray("items"), output)
                    .put("fontType", "monospace"));
    run(body, Timestamps.forPeople(at)).put("size", "small").put("isSubtle", true);
    notice
        .link()
        .ifPresent(
            link ->
                card.putArray("actions")
                    .addObject()
                    .put("type", "Action.OpenUrl")
                    .put("title", "Open")
                    .put("url", link.toASCIIString()));
    card.putObject("msteams").put("width", "Full");
    return message;
  }

  private static ObjectNode container(ArrayNode body, String style) {
    return body.addObject().put("type", "Container").put("style", style);
  }

  private static ObjectNode richText(ArrayNode body) {
    return body.addObject().put("type", "RichTextBlock");
  }

  private static ObjectNode run(ArrayNode body, String text) {
    ObjectNode run = run(text);
    richText(body).putArray("inlines").add(run);
    return run;
  }

  private static ObjectNode run(String text) {
    return JsonText.object()
        .put("type", "TextRun")
        .put("text", MACRO.matcher(text).replaceAll(TAKEN_APART));
  }

  private static String style(Tone tone) {
    return switch (tone) {
      case GOOD -> "good";
      case BAD -> "attention";
      case WARNING -> "warning";
      case NEUTRAL -> "accent";
    };
  }
}
