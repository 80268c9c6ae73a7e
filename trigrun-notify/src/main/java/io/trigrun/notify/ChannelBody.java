package io.trigrun.notify;

import io.trigrun.Json;
import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.Settings;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ShapeCheck;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.util.Optional;
import java.util.function.Consumer;

/** Channels as the HTTP surface says them. */
final class ChannelBody {

  private static final String CONFIG = "config";

  private ChannelBody() {}

  /** Of a draft, without its template. */
  static ChannelSpec spec(JsonObject body) {
    Problems problems = new Problems();
    JsonObject config = body.object(CONFIG).orElseThrow();
    Settings settings = Settings.empty();
    for (String name : config.names()) {
      settings = with(settings, name, config, name, problems);
    }
    problems.throwIfAny();
    return ChannelSpec.of(
        body.text("name").orElseThrow(), body.text("type").orElseThrow(), settings);
  }

  /**
   * Of a change, with the template as it was: the settings that the body does not have stay,
   * secrets included.
   */
  static ChannelSpec changed(Channel now, ProviderSpec provider, JsonObject body) {
    JsonObject config = body.object(CONFIG).orElseGet(() -> JsonObject.builder().build());
    ShapeCheck.check(
        JsonObject.builder().put(CONFIG, config).build(), ChannelShapes.change(provider));
    Problems problems = new Problems();
    Settings settings = now.config();
    for (String name : config.names()) {
      String today = provider.respelled(name);
      if (!today.equals(name) && config.has(today)) {
        problems.add(Settings.field(name), "one of its spellings", "both, " + today + ", too");
      } else if (!isNull(config, name)) {
        settings = with(settings, today, config, name, problems);
      } else if (provider.secretNames().contains(today)) {
        settings = settings.with(today, "");
      } else {
        settings = settings.without(today);
      }
    }
    problems.throwIfAny();
    ChannelSpec spec =
        ChannelSpec.of(
            body.text("name").orElse(now.name()), body.text("type").orElse(now.type()), settings);
    return now.template().map(spec::withTemplate).orElse(spec);
  }

  /**
   * With the template that a body has, if it has one.
   *
   * @param check throws for what else is wrong, which is told along with what is wrong with that
   */
  static ChannelSpec withTemplate(JsonObject body, ChannelSpec spec, Consumer<ChannelSpec> check) {
    Problems problems = new Problems();
    Optional<MessageTemplate> template = TemplateBody.read(body, problems);
    if (!problems.isEmpty()) {
      try {
        check.accept(spec);
      } catch (ValidationException e) {
        problems.addAll(e);
      }
    }
    problems.throwIfAny();
    return template.map(spec::withTemplate).orElse(spec);
  }

  private static boolean isNull(JsonObject config, String name) {
    return config.json(name).map(Json::text).equals(Optional.of("null"));
  }

  /** With what stands in another place, if it can be a setting. */
  private static Settings with(
      Settings settings, String name, JsonObject config, String place, Problems problems) {
    if (config.text(place).isPresent()) {
      return settings.with(name, config.text(place).get());
    }
    if (config.flag(place).isPresent()) {
      return settings.with(name, config.flag(place).get());
    }
    if (config.whole(place).isPresent()) {
      return settings.with(name, config.whole(place).get());
    }
    Optional<Json> value = config.json(place);
    boolean isTexts =
        value.map(Json::text).filter(text -> text.startsWith("[")).isPresent()
            && value.equals(
                JsonObject.builder().put(place, config.texts(place)).build().json(place));
    if (isTexts) {
      return settings.with(name, config.texts(place));
    }
    problems.add(
        Settings.field(place), "a text, a switch, a whole number or a list of texts", "another");
    return settings;
  }

  static JsonObject of(ChannelView view) {
    Channel channel = view.channel();
    Optional<ChannelHealth.Disabled> disabled = view.health().disabled();
    return JsonObject.builder()
        .put("id", channel.id())
        .put("name", channel.name())
        .put("type", channel.type())
        .put("state", disabled.isPresent() ? "disabled" : "active")
        .put(CONFIG, channel.config().values())
        .put("secret_hints", channel.secretHints())
        .putIfPresent(TemplateBody.TEMPLATE, channel.template().map(TemplateBody::of))
        .putIfPresent("disabled_at", disabled.map(ChannelHealth.Disabled::at))
        .putIfPresent("disabled_reason", disabled.map(ChannelHealth.Disabled::reason))
        .put("created_at", channel.createdAt())
        .put("updated_at", channel.updatedAt())
        .build();
  }

  static JsonObject of(TestResult result) {
    JsonObject.Builder json = JsonObject.builder().put("ok", result.isOk());
    if (result instanceof TestResult.Ok ok) {
      json.put("channel_id", ok.channelId()).put("provider", ok.provider());
    } else if (result instanceof TestResult.Failed failed) {
      json.put(
              "error",
              JsonObject.builder()
                  .put("code", TestResult.Failed.CODE)
                  .put("message", failed.message())
                  .build())
          .putIfPresent("http_status", failed.httpStatus())
          .put("permanent", failed.permanent());
    }
    return json.build();
  }
}
