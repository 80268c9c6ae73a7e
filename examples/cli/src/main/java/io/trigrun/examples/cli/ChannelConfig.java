package io.trigrun.examples.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The settings of a channel. */
final class ChannelConfig {

  private static final String ASK = "-";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where a webhook goes; what Slack, Discord or Teams gave you (a secret).")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--signing-secret",
      paramLabel = "SECRET",
      description = "Signs what a webhook sends.")
  private Optional<String> signingSecret = Optional.empty();

  @Option(names = "--email", paramLabel = "ADDRESS", description = "Who gets mail.")
  private Optional<String> email = Optional.empty();

  @Option(names = "--bot-token", paramLabel = "TOKEN", description = "As BotFather gave it.")
  private Optional<String> botToken = Optional.empty();

  @Option(names = "--chat-id", paramLabel = "ID", description = "A chat of Telegram's.")
  private Optional<String> chatId = Optional.empty();

  @Option(
      names = "--include-output",
      description = "Messages show what the job or its target said.")
  private boolean includeOutput;

  @Option(
      names = "--config",
      paramLabel = "KEY=VALUE",
      description = "Any other setting. JSON that is no text is taken as such: true, [\"789\"].")
  private Map<String, String> others = new LinkedHashMap<>();

  boolean isGiven() {
    return Stream.of(url, signingSecret, email, botToken, chatId).anyMatch(Optional::isPresent)
        || includeOutput
        || !others.isEmpty();
  }

  ObjectNode json(String type, Session session) {
    ObjectNode config = Json.object();
    String urlSetting = ChannelTypes.urlSetting(type);
    put(config, urlSetting, given("--url", url, !urlSetting.equals("url"), session));
    put(config, "signing_secret", given("--signing-secret", signingSecret, true, session));
    put(config, "email", email);
    put(config, "bot_token", given("--bot-token", botToken, true, session));
    put(config, "chat_id", chatId);
    if (includeOutput) {
      config.put("include_output", true);
    }
    others.forEach((key, value) -> config.set(key, value(value)));
    return config;
  }

  private static void put(ObjectNode config, String key, Optional<String> value) {
    value.ifPresent(each -> config.put(key, each));
  }

  /** What was given, or what a dash stands for; secrets are not printed from here on. */
  private static Optional<String> given(
      String name, Optional<String> argument, boolean isSecret, Session session) {
    boolean asks = argument.filter(ASK::equals).isPresent();
    Optional<String> value =
        asks
            ? Optional.of(session.input().secret(Optional.empty(), name.substring(2) + ": "))
            : argument;
    value.filter(each -> asks || isSecret).ifPresent(session.output().hidden()::add);
    return value;
  }

  /** Ids of many digits are texts to the API, as numbers lose digits on the way. */
  private static JsonNode value(String text) {
    try {
      JsonNode json = Json.read(text);
      if (json.isBoolean() || json.isContainer()) {
        return json;
      }
    } catch (JacksonException e) { // a text, then
      return Json.text(text);
    }
    return Json.text(text);
  }
}
