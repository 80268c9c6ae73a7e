package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a message with an adaptive card of version 1.2 may look like, written down from the
 * documented properties of the elements that are used here. Anything else fails. Where the renderer
 * of the cards' makers is installed, it has to find nothing wrong, and to show each text as it was
 * sent and nothing that does anything but the buttons.
 */
final class CardCheck {

  private static final Set<String> SIZES =
      Set.of("default", "small", "medium", "large", "extraLarge");
  private static final Set<String> WEIGHTS = Set.of("lighter", "default", "bolder");
  private static final Set<String> FONTS = Set.of("default", "monospace");
  private static final Set<String> SPACINGS =
      Set.of("default", "none", "small", "medium", "large", "extraLarge", "padding");
  private static final Set<String> STYLES =
      Set.of("default", "emphasis", "good", "attention", "warning", "accent");

  private CardCheck() {}

  static void check(JsonNode message) {
    keys(message, Set.of("type", "attachments"), Set.of());
    word(message, "type", Set.of("message"));
    assertThat(message.required("attachments").isArray()).isTrue();
    assertThat(message.required("attachments").size()).isEqualTo(1);
    JsonNode attachment = message.required("attachments").required(0);
    keys(attachment, Set.of("contentType", "contentUrl", "content"), Set.of());
    word(attachment, "contentType", Set.of("application/vnd.microsoft.card.adaptive"));
    assertThat(attachment.required("contentUrl").isNull()).isTrue();
    JsonNode card = attachment.required("content");
    card(card);
    CardRenderer.here().ifPresent(renderer -> drawn(card, renderer.draw(card)));
  }

  private static void drawn(JsonNode card, CardRenderer.Drawn drawn) {
    assertThat(drawn.problems()).isEmpty();
    assertThat(drawn.live()).isEmpty();
    assertThat(drawn.texts()).isEqualTo(card.findValuesAsString("text"));
    assertThat(drawn.buttons()).isEqualTo(card.findValuesAsString("title"));
  }

  private static void card(JsonNode card) {
    keys(card, Set.of("$schema", "type", "version", "body", "msteams"), Set.of("actions"));
    word(card, "type", Set.of("AdaptiveCard"));
    word(card, "version", Set.of("1.2"));
    word(card, "$schema", Set.of("http://adaptivecards.io/schemas/adaptive-card.json"));
    keys(card.required("msteams"), Set.of("width"), Set.of()); // no entities: nobody is mentioned
    word(card.required("msteams"), "width", Set.of("Full"));
    elements(card.required("body"));
    for (JsonNode action : card.path("actions")) {
      keys(action, Set.of("type", "title", "url"), Set.of());
      word(action, "type", Set.of("Action.OpenUrl"));
      assertThat(action.required("url").stringValue()).matches("https?://[\\x21-\\x7e]+");
    }
  }

  private static void elements(JsonNode elements) {
    assertThat(elements.isArray()).isTrue();
    assertThat(elements.size()).isPositive();
    elements.forEach(CardCheck::element);
  }

  private static void element(JsonNode element) {
    String type = element.required("type").stringValue();
    if (type.equals("Container")) {
      keys(element, Set.of("type", "items"), Set.of("style", "bleed", "spacing"));
      words(element, Map.of("style", STYLES, "spacing", SPACINGS));
      flags(element, "bleed");
      elements(element.required("items"));
      return;
    }
    assertThat(type).isEqualTo("RichTextBlock");
    keys(element, Set.of("type", "inlines"), Set.of("spacing"));
    words(element, Map.of("spacing", SPACINGS));
    assertThat(element.required("inlines").isArray()).isTrue();
    assertThat(element.required("inlines").size()).isPositive();
    element.required("inlines").forEach(CardCheck::run);
  }

  private static void run(JsonNode run) {
    keys(run, Set.of("type", "text"), Set.of("size", "weight", "fontType", "isSubtle"));
    word(run, "type", Set.of("TextRun"));
    assertThat(run.required("text").stringValue()).isNotEmpty();
    words(run, Map.of("size", SIZES, "weight", WEIGHTS, "fontType", FONTS));
    flags(run, "isSubtle");
  }

  private static void keys(JsonNode node, Set<String> required, Set<String> optional) {
    assertThat(node.isObject()).isTrue();
    Set<String> allowed = new HashSet<>(required);
    allowed.addAll(optional);
    assertThat(allowed).containsAll(node.propertyNames());
    assertThat(node.propertyNames()).containsAll(required);
  }

  private static void words(JsonNode node, Map<String, Set<String>> allowed) {
    allowed.forEach(
        (name, values) -> {
          if (node.has(name)) {
            word(node, name, values);
          }
        });
  }

  private static void word(JsonNode node, String name, Set<String> allowed) {
    assertThat(allowed).contains(node.required(name).stringValue());
  }

  private static void flags(JsonNode node, String name) {
    assertThat(!node.has(name) || node.required(name).isBoolean()).isTrue();
  }
}
