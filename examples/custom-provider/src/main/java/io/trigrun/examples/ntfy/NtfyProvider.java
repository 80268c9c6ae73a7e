package io.trigrun.examples.ntfy;

import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.ProviderSpec.Field;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problems;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Push messages to phones by ntfy: channels of type {@code ntfy} with server, topic and token. */
public final class NtfyProvider implements HttpChannelProvider<NtfyProvider.Config> {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LONGEST = 1_000; // of up to 3 bytes each: ntfy takes 4,096 bytes

  /** Checked settings. A record would show the token, so it says itself what it shows. */
  public record Config(URI server, String topic, Optional<String> token) {
    @Override
    public String toString() {
      return "ntfy topic " + topic;
    }
  }

  @Override
  public ProviderSpec spec() {
    return new ProviderSpec(
        "ntfy",
        List.of(
            Field.optional("server").asDestination(),
            Field.required("topic").asDestination(),
            Field.optional("token").asSecret()));
  }

  @Override
  public Config config(Settings settings) {
    String topic = settings.text("topic").orElse("");
    Problems.require(
        topic.matches("[A-Za-z0-9_-]{1,64}"), "config.topic", "a topic, 1 to 64 of a-z 0-9", topic);
    Optional<String> token = settings.text("token");
    boolean sound = token.orElse("tk").matches("[!-~]{1,200}");
    Problems.require(sound, "config.token", "1 to 200 characters of ASCII", "something else");
    return new Config(URI.create(settings.text("server").orElse("https://ntfy.sh")), topic, token);
  }

  /** Plain text: ntfy shows it as it is, so there is nothing to escape. */
  @Override
  public Rendering render(Config config, Message message) {
    Notice notice = message.notice();
    ObjectNode json = JSON.createObjectNode();
    json.put("topic", config.topic()).put("title", notice.title());
    json.put("priority", notice.tone() == Notice.Tone.BAD ? 4 : 3);
    String facts =
        notice.facts().stream()
            .map(fact -> fact.name() + ": " + fact.value())
            .collect(Collectors.joining("\n"));
    int end = Math.min(facts.length(), LONGEST);
    boolean splits = end > 0 && Character.isHighSurrogate(facts.charAt(end - 1));
    json.put("message", facts.substring(0, splits ? end - 1 : end));
    return new Rendering("application/json", JSON.writeValueAsString(json));
  }

  @Override
  public OutboundRequest request(Config config, Rendering rendering, DeliveryStamp stamp) {
    Map<String, String> headers =
        config.token().map(token -> Map.of("Authorization", "Bearer " + token)).orElse(Map.of());
    return new OutboundRequest(config.server(), headers, rendering.bytes());
  }
}
