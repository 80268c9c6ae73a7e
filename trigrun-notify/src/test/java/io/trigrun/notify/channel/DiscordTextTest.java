package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.notify.provider.Message;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

/** Whatever jobs print, Discord finds nothing but text in it. */
class DiscordTextTest {

  private static final String FENCE = "```";

  private final DiscordProvider provider = new DiscordProvider();

  @Provide
  Arbitrary<Message> messages() {
    return HostileTexts.messages();
  }

  @Provide
  Arbitrary<String> texts() {
    return HostileTexts.texts(500);
  }

  @Property(tries = 150)
  void any_message_is_valid_within_the_limits_and_inert(@ForAll("messages") Message message) {
    JsonNode payload = HostileTexts.read(render(channel().includeOutput(true), message));
    JsonNode embed = payload.path("embeds").path(0);

    assertThat(payload.path("allowed_mentions")).hasToString("{\"parse\":[]}");
    assertThat(DiscordProviderTest.length(embed)).isLessThanOrEqualTo(DiscordPayload.LONGEST_EMBED);
    text(embed.path("title"), DiscordPayload.LONGEST_TITLE);
    assertThat(embed.path("fields").size()).isLessThanOrEqualTo(25);
    for (JsonNode field : embed.path("fields")) {
      text(field.path("name"), DiscordPayload.LONGEST_NAME);
      text(field.path("value"), DiscordPayload.LONGEST_VALUE);
    }
    if (embed.has("description")) {
      description(embed.path("description").asString());
    }
    assertThat(embed.path("url").asString("https:")).startsWith("https:");
  }

  @Property(tries = 150)
  void any_plain_message_is_one_text_within_the_limits_and_inert(
      @ForAll("messages") Message message) {
    JsonNode payload = HostileTexts.read(render(channel().plain(), message));
    assertThat(payload.propertyNames()).containsExactly("content");
    text(payload.path("content"), DiscordPayload.LONGEST_CONTENT);
  }

  @Property
  void what_is_escaped_can_be_read_back(@ForAll("texts") String text) {
    String visible = VisibleText.lines(text);
    assertThat(shown(DiscordText.inert(visible))).isEqualTo(visible.replace("\u200B", ""));
    String fenced = DiscordText.fenced(visible);
    assertThat(fenced.substring(4, fenced.length() - 4).replace("\u200B", ""))
        .isEqualTo(visible.replace("\u200B", ""));
  }

  private static void description(String description) {
    assertThat(description).hasSizeBetween(1, DiscordPayload.LONGEST_DESCRIPTION);
    int begin = description.indexOf(FENCE);
    isInert(begin < 0 ? description : description.substring(0, begin));
    if (begin >= 0) {
      assertThat(description).endsWith("\n" + FENCE);
      assertThat(description.indexOf(FENCE, begin + 3)).isEqualTo(description.length() - 3);
    }
  }

  private static void text(JsonNode text, int most) {
    assertThat(text.asString()).isNotBlank().hasSizeLessThanOrEqualTo(most);
    isInert(text.asString());
  }

  private static void isInert(String text) {
    assertThat(text).doesNotContain("@everyone", "@here", "<@", "<#", "<t:", "</", "<:", "://");
    StringBuilder live = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++; // what follows is a character and nothing else
        assertThat(text.charAt(i)).isIn((Object[]) escapable());
      } else {
        live.append(text.charAt(i));
      }
    }
    assertThat(live.toString()).doesNotContainPattern("[*_~`|<>\\[\\]]");
    assertThat(text).doesNotContainPattern("(?m)^[ \t]*([#+-]|[0-9]+[.)])");
  }

  private static Character[] escapable() {
    return "\\*_~`|<>[]#+-.):".chars().mapToObj(c -> (char) c).toArray(Character[]::new);
  }

  /** What people see: backslashes before punctuation are gone. */
  private static String shown(String markdown) {
    return markdown.replaceAll("\\\\([^0-9A-Za-z\\s])", "$1").replace("\u200B", "");
  }

  private static DiscordChannel channel() {
    return DiscordChannel.of("ops", "https://discord.com/api/webhooks/1/x");
  }

  private String render(DiscordChannel channel, Message message) {
    return provider.render(provider.config(channel.settings()), message).body();
  }
}
