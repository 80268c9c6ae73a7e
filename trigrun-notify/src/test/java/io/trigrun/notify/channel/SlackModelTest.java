package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.slack.api.model.Message;
import com.slack.api.model.block.ContextBlockElement;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.util.json.GsonBlockElementFactory;
import com.slack.api.util.json.GsonContextBlockElementFactory;
import com.slack.api.util.json.GsonLayoutBlockFactory;
import com.slack.api.util.json.GsonRichTextElementFactory;
import com.slack.api.util.json.GsonTextObjectFactory;
import io.trigrun.notify.internal.JsonText;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

/** Whatever jobs print, Slack's own model reads the message, and finds nothing but text in it. */
class SlackModelTest {

  private static final boolean NOTHING_UNKNOWN = true;
  private static final Gson SLACK =
      new GsonBuilder()
          .disableHtmlEscaping()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .registerTypeAdapter(LayoutBlock.class, new GsonLayoutBlockFactory(NOTHING_UNKNOWN))
          .registerTypeAdapter(TextObject.class, new GsonTextObjectFactory(NOTHING_UNKNOWN))
          .registerTypeAdapter(
              ContextBlockElement.class, new GsonContextBlockElementFactory(NOTHING_UNKNOWN))
          .registerTypeAdapter(BlockElement.class, new GsonBlockElementFactory(NOTHING_UNKNOWN))
          .registerTypeAdapter(
              RichTextElement.class, new GsonRichTextElementFactory(NOTHING_UNKNOWN))
          .create();

  private final SlackProvider provider = new SlackProvider();

  @Provide
  Arbitrary<io.trigrun.notify.provider.Message> messages() {
    return HostileTexts.messages();
  }

  @Property(tries = 150)
  void any_message_is_valid_within_the_limits_and_inert(
      @ForAll("messages") io.trigrun.notify.provider.Message message) {
    String json = render(channel().includeOutput(true), message);
    assertThat(json).hasSizeLessThanOrEqualTo(SlackPayload.LONGEST);
    JsonNode payload = HostileTexts.read(json);

    JsonObject sent = JsonParser.parseString(json).getAsJsonObject();
    Message read = SLACK.fromJson(sent, Message.class);
    JsonElement again = SLACK.toJsonTree(read);
    assertThat(again.getAsJsonObject().get("blocks")).isEqualTo(sent.get("blocks"));
    isInert(read.getText());
    assertThat(read.getText()).hasSizeLessThanOrEqualTo(SlackPayload.LONGEST_TEXT);
    assertThat(read.getBlocks()).hasSizeBetween(2, 50).allSatisfy(SlackModelTest::isWithinLimits);
    marked(payload)
        .forEach(
            text ->
                assertThat(text)
                    .matches(
                        "\\*[^*<>`_~]+\\*|<!date\\^[0-9]+\\^[^|<>]*\\|[-0-9: UTC]+>"
                            + "|<https://ops\\.example\\.com/runs/1\\?a=b&amp;c=%22d%22#x\\|Open>"));
  }

  @Property(tries = 150)
  void any_plain_message_is_one_text_within_the_limits_and_inert(
      @ForAll("messages") io.trigrun.notify.provider.Message message) {
    JsonNode payload = HostileTexts.read(render(channel().plain(), message));
    assertThat(payload.propertyNames()).containsExactly("text");
    String text = payload.path("text").asString();
    assertThat(text).hasSizeBetween(1, SlackPayload.LONGEST_TEXT);
    isInert(text);
  }

  @Property(tries = 150)
  void output_that_fits_is_shown_as_it_is(@ForAll("outputs") String output) {
    String visible = VisibleText.lines(output);
    String json =
        render(
            channel().includeOutput(true),
            HostileTexts.message(
                io.trigrun.notify.provider.Notice.of(
                        "Title", io.trigrun.notify.provider.Notice.Tone.BAD)
                    .withOutput(Optional.of(output)),
                "job",
                Optional.empty()));
    List<String> shown =
        JsonText.read(json).findValues("elements").stream()
            .map(elements -> elements.path(0).path("elements").path(0).path("text").asString(""))
            .filter(text -> !text.isEmpty())
            .toList();
    assertThat(shown).isEqualTo(VisibleText.isBlank(visible) ? List.of() : List.of(visible));
  }

  @Provide
  Arbitrary<String> outputs() {
    return HostileTexts.texts(2_000);
  }

  private static void isWithinLimits(LayoutBlock block) {
    if (block instanceof HeaderBlock header) {
      assertThat(header.getText().getText()).hasSizeBetween(1, 150);
    }
    if (block instanceof SectionBlock section) {
      if (section.getText() != null) {
        assertThat(section.getText().getText()).hasSizeBetween(1, 3_000);
        assertThat(isVerbatim(section.getText())).isTrue();
      }
      if (section.getFields() != null) {
        assertThat(section.getFields())
            .hasSizeBetween(1, 10)
            .allSatisfy(field -> assertThat(field.getText()).hasSizeBetween(1, 2_000))
            .allMatch(SlackModelTest::isVerbatim);
      }
    }
  }

  private static boolean isVerbatim(TextObject text) {
    return !(text instanceof MarkdownTextObject marked) || marked.getVerbatim();
  }

  /** No sequence of Slack's, no entity but its three, no address, no formatting. */
  private static void isInert(String text) {
    assertThat(text).doesNotContain("<", ">", "`", "://", "@here", "@channel", "@everyone");
    assertThat(text.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
    assertThat(text).doesNotContainPattern("(^|[^\\p{L}\\p{N}])[*_~]");
    assertThat(text).doesNotContainPattern("[\\p{L}\\p{N}]\\.\\p{L}");
    assertThat(text).doesNotContainPattern("(?m)^[ \t]*&gt;");
  }

  private static List<String> marked(JsonNode payload) {
    return payload.findParents("verbatim").stream()
        .map(object -> object.path("text").asString())
        .toList();
  }

  private static SlackChannel channel() {
    return SlackChannel.of("ops", "https://hooks.slack.com/services/T00/B00/x");
  }

  private String render(SlackChannel channel, io.trigrun.notify.provider.Message message) {
    return provider.render(provider.config(channel.settings()), message).body();
  }
}
