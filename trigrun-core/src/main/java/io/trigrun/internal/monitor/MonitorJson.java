package io.trigrun.internal.monitor;

import io.trigrun.Labels;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.MonitorState;
import io.trigrun.monitor.Ping;
import io.trigrun.monitor.PingSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the store keeps of monitors, as JSON. Short, because it is written with each ping. */
final class MonitorJson {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private MonitorJson() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  static void put(ObjectNode node, Heartbeat beat) {
    node.put("expected_interval_sec", beat.spec().expectedInterval().toSeconds());
    node.put("grace_seconds", beat.spec().grace().toSeconds());
    node.put("state", beat.state().name().toLowerCase(Locale.ROOT));
    node.put("since", beat.since().toString());
    if (!beat.spec().labels().isEmpty()) {
      beat.spec().labels().names().forEach(node.putArray("labels")::add);
    }
    beat.lastPingAt().ifPresent(at -> node.put("last_ping_at", at.toString()));
    beat.downSince().ifPresent(at -> node.put("down_since", at.toString()));
  }

  static Heartbeat beat(String name, JsonNode node) {
    return new Heartbeat(
        new MonitorSpec(
            name,
            Duration.ofSeconds(node.get("expected_interval_sec").longValue()),
            Duration.ofSeconds(node.get("grace_seconds").longValue()),
            labels(node)),
        MonitorState.valueOf(node.get("state").stringValue().toUpperCase(Locale.ROOT)),
        Instant.parse(node.get("since").stringValue()),
        text(node.get("last_ping_at")).map(Instant::parse),
        text(node.get("down_since")).map(Instant::parse));
  }

  private static Labels labels(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.path("labels").forEach(name -> names.add(name.stringValue()));
    return Labels.of(names);
  }

  /** Each as an array: when, from where, by what. The number of the first tells those of all. */
  static void putPings(ObjectNode node, List<Ping> pings) {
    if (pings.isEmpty()) {
      return;
    }
    node.put("first", pings.get(0).number());
    ArrayNode all = node.putArray("pings");
    for (Ping ping : pings) {
      ArrayNode one = all.addArray().add(ping.at().toString());
      one.add(ping.source().address().orElse(null));
      one.add(ping.source().userAgent().orElse(null));
    }
  }

  static List<Ping> pings(JsonNode node) {
    List<Ping> pings = new ArrayList<>();
    JsonNode first = node.get("first");
    if (first != null) {
      for (JsonNode one : node.get("pings")) {
        pings.add(
            new Ping(
                first.longValue() + pings.size(),
                Instant.parse(one.get(0).stringValue()),
                new PingSource(text(one.get(1)), text(one.get(2)))));
      }
    }
    return pings;
  }

  static Optional<String> text(@Nullable JsonNode node) {
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node.stringValue());
  }
}
