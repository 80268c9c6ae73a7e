package io.trigrun.notify;

import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.route.ChoiceShape;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the HTTP surface says of channels: of each kind that there is, plug-ins included. */
final class ChannelShapes {

  private static final Shape NAME = Shape.text("unique in the workspace").length(1, 100);

  static final ObjectShape TEMPLATE =
      Shape.object("MessageTemplate", "How messages are worded; what is absent is as ever")
          .optional("title", Shape.text("the first line, with placeholders"))
          .optional("text", Shape.text("the lines below, with placeholders"))
          .optional(
              "payload",
              Shape.any("the whole body, with placeholders in its texts; for webhooks only"));

  private static final Shape OWN_TEMPLATE = TEMPLATE.orNull();

  static final ObjectShape CHANNEL =
      Shape.object("NotificationChannel", "Where messages go, without its secrets")
          .required("id", Shape.id("unique, for ever"))
          .required("name", NAME)
          .required("type", Shape.text("which kind it is"))
          .required(
              "state", Shape.words("disabled for not working, or active", "active", "disabled"))
          .required("config", Shape.anyObject("its settings, without the secret ones"))
          .required(
              "secret_hints",
              Shape.map(
                  "its secret settings that have a value",
                  Shape.text("secret://name, or an ellipsis and, of long ones, the end")))
          .optional("template", TEMPLATE)
          .optional("disabled_at", Shape.instant("since when it is disabled"))
          .optional("disabled_reason", Shape.text("why it is"))
          .required("created_at", Shape.instant("when it was created"))
          .required("updated_at", Shape.instant("when it was last changed"));

  static final ObjectShape CHANGE =
      Shape.object("NotificationChannelChange", "What is to be different; the rest stays")
          .optional("name", NAME)
          .optional("type", Shape.text("the one that it has"))
          .optional(
              "config",
              Shape.map(
                  "as for a new one. Null takes a setting away. Where messages would go elsewhere,"
                      + " secrets have to be given again",
                  Shape.any("a value")))
          .optional("template", OWN_TEMPLATE);

  private static final ObjectShape TEST_ERROR =
      Shape.object("ChannelTestError", "Why a test message did not arrive")
          .required("code", Shape.words("the same for all", TestResult.Failed.CODE))
          .required("message", Shape.text("what happened, without secrets"));

  static final ObjectShape TEST =
      Shape.object("ChannelTest", "What became of a test message")
          .required("ok", Shape.flag("whether the receiver took it"))
          .optional("channel_id", Shape.id("the channel, if so"))
          .optional("provider", Shape.text("its type, if so"))
          .optional("error", TEST_ERROR)
          .optional("http_status", Shape.whole("what the receiver answered, if it did"))
          .optional("permanent", Shape.flag("whether a real message would not be tried again"));

  private static final Pattern UNDERSCORES = Pattern.compile("(?:^|_)([a-z0-9])?");

  private ChannelShapes() {}

  /** Of new ones: one of the kinds that there are. */
  static ChoiceShape draft(Providers providers) {
    Map<String, ObjectShape> kinds = new LinkedHashMap<>();
    for (String type : providers.types()) {
      ChannelProvider<?> provider = providers.require(type);
      String name = pascal(type) + "Channel";
      kinds.put(
          type,
          Shape.object(name + "Draft", "A new channel of type " + type)
              .required("name", NAME)
              .required("config", config(name + "Config", provider.spec()))
              .optional("template", OWN_TEMPLATE));
    }
    return Shape.choice(
        "NotificationChannelDraft", "A new channel, of one of the types there are", "type", kinds);
  }

  /** One that may be spelled in several ways is found to be missing by its provider. */
  private static ObjectShape config(String name, ProviderSpec spec) {
    ObjectShape config = Shape.object(name, "Its settings");
    for (ProviderSpec.Field field : spec.fields()) {
      boolean isRequired = field.required() && field.aliases().isEmpty();
      for (String spelling : field.spellings()) {
        config =
            isRequired
                ? config.required(spelling, field.shape())
                : config.optional(spelling, field.shape());
      }
    }
    return config;
  }

  /** Of the config of a change, once it is known what is changed; below {@code config}. */
  static ObjectShape change(ProviderSpec spec) {
    ObjectShape config = Shape.object("Config", "Its settings");
    for (ProviderSpec.Field field : spec.fields()) {
      for (String spelling : field.spellings()) {
        config = config.optional(spelling, field.shape().orNull());
      }
    }
    return Shape.object("Change", "What is to be different").optional("config", config);
  }

  private static String pascal(String type) {
    return UNDERSCORES
        .matcher(type)
        .replaceAll(part -> part.group(1) == null ? "" : part.group(1).toUpperCase(Locale.ROOT));
  }
}
