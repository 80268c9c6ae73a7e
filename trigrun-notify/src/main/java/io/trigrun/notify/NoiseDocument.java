package io.trigrun.notify;

import io.trigrun.RateLimit;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.spi.Definition;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the store keeps of the noise control of a channel: beside it, and goes with it. */
final class NoiseDocument {

  static final String KIND = "notification_noise_control";

  private NoiseDocument() {}

  static UUID idOf(UUID channelId) {
    return Definitions.idBeside(channelId, KIND);
  }

  static Definition definition(Definition channel, NoiseControl noise, long version, Instant now) {
    return Definitions.beside(channel, KIND, version, now, write(noise));
  }

  static String write(NoiseControl noise) {
    ObjectNode json = JsonText.object();
    noise
        .autoDisable()
        .ifPresent(
            auto ->
                json.putObject("auto_disable")
                    .put("faults", auto.faults())
                    .put("failing", auto.failing().toString()));
    noise
        .pace()
        .ifPresent(
            pace ->
                json.putObject("pace")
                    .put("limit", pace.limit())
                    .put("per", pace.per().toString()));
    noise.quietHours().ifPresent(quiet -> put(json.putObject("quiet_hours"), quiet));
    noise.mutedUntil().ifPresent(until -> json.put("muted_until", until.toString()));
    return JsonText.write(json);
  }

  private static void put(ObjectNode json, QuietHours quiet) {
    json.put("timezone", quiet.zone().getId())
        .put("mode", quiet.mode().name())
        .put("failures_break_through", quiet.failuresBreakThrough());
    ArrayNode ranges = json.putArray("ranges");
    for (QuietHours.Range range : quiet.ranges()) {
      ObjectNode one =
          ranges.addObject().put("from", range.from().toString()).put("to", range.to().toString());
      ArrayNode days = one.putArray("days");
      range.days().stream().sorted().forEach(day -> days.add(day.name()));
    }
  }

  static NoiseControl read(String document) {
    JsonNode json = JsonText.read(document);
    return new NoiseControl(
        Optional.ofNullable(json.get("auto_disable"))
            .map(
                auto ->
                    AutoDisable.after(
                        auto.required("faults").intValue(),
                        Duration.parse(auto.required("failing").stringValue()))),
        Optional.ofNullable(json.get("pace"))
            .map(
                pace ->
                    RateLimit.of(
                        pace.required("limit").intValue(),
                        Duration.parse(pace.required("per").stringValue()))),
        Optional.ofNullable(json.get("quiet_hours")).map(NoiseDocument::quietHours),
        Optional.ofNullable(json.get("muted_until"))
            .map(JsonNode::stringValue)
            .map(Instant::parse));
  }

  private static QuietHours quietHours(JsonNode json) {
    List<QuietHours.Range> ranges = new ArrayList<>();
    for (JsonNode one : json.required("ranges")) {
      Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
      one.required("days").forEach(day -> days.add(DayOfWeek.valueOf(day.stringValue())));
      ranges.add(
          new QuietHours.Range(
              days,
              LocalTime.parse(one.required("from").stringValue()),
              LocalTime.parse(one.required("to").stringValue())));
    }
    return new QuietHours(
        ZoneId.of(json.required("timezone").stringValue()),
        ranges,
        QuietHours.Mode.valueOf(json.required("mode").stringValue()),
        json.required("failures_break_through").booleanValue());
  }
}
