package io.trigrun.internal.management;

import io.trigrun.Labels;
import io.trigrun.monitor.Monitor;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.MonitorState;
import io.trigrun.monitor.MonitorWithToken;
import io.trigrun.monitor.Ping;
import io.trigrun.route.Call;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import java.time.Duration;
import java.util.Locale;

/** Monitors as the HTTP surface says them. */
final class MonitorJson {

  private static final long YEAR = Duration.ofDays(366).toSeconds();

  private static final Shape NAME = Shape.text("unique in the workspace").length(1, 200);
  private static final Shape INTERVAL =
      Shape.whole("how far pings are apart, in seconds").range(1, YEAR);
  private static final Shape GRACE =
      Shape.whole("how much later one may come, in seconds; 60 by default").range(0, YEAR);
  private static final Shape LABELS =
      Shape.list("what it belongs to, for rules about many monitors", Shape.text("a label"))
          .length(0, Labels.MOST);

  static final ObjectShape DRAFT =
      Shape.object("MonitorDraft", "A new monitor")
          .required("name", NAME)
          .required("expected_interval_sec", INTERVAL)
          .optional("grace_seconds", GRACE)
          .optional("labels", LABELS);

  static final ObjectShape CHANGE =
      DRAFT.allOptional("MonitorChange", "What is to be different; the rest stays");

  static final ObjectShape MONITOR =
      Shape.object("Monitor", "Waits for signs of life from a program elsewhere")
          .required("id", Shape.id("unique, for ever"))
          .required("name", NAME)
          .required("state", Shape.words("where it stands", MonitorState.values()))
          .required("expected_interval_sec", INTERVAL)
          .required("grace_seconds", GRACE)
          .required("labels", LABELS)
          .required("ping_count", Shape.whole("how many pings it has had"))
          .required("last_ping_at", Shape.instant("when the latest came").orNull())
          .required("next_expected_at", Shape.instant("when the next should come").orNull())
          .required("down_since", Shape.instant("since when it is down").orNull())
          .required("created_at", Shape.instant("when it was created"))
          .required("updated_at", Shape.instant("when it was last pinged or changed"));

  static final ObjectShape WITH_TOKEN =
      MONITOR
          .extended("MonitorWithToken", "A monitor and what pings it, shown only this once")
          .required("ping_token", Shape.text("mping_ and 32 characters"))
          .required("ping_url", Shape.text("what its program calls: GET or POST").format("uri"));

  static final ObjectShape PING =
      Shape.object("Ping", "A sign of life")
          .required("number", Shape.whole("counts the pings of the monitor, from 1"))
          .required("at", Shape.instant("when it came"))
          .required("address", Shape.text("of the caller").orNull())
          .required("user_agent", Shape.text("as the caller says").orNull());

  private MonitorJson() {}

  private static String word(MonitorState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** Of a draft. */
  static MonitorSpec spec(JsonObject body) {
    return new MonitorSpec(
        body.text("name").orElseThrow(),
        body.whole("expected_interval_sec").map(Duration::ofSeconds).orElseThrow(),
        body.whole("grace_seconds").map(Duration::ofSeconds).orElse(MonitorSpec.DEFAULT_GRACE),
        Labels.of(body.texts("labels")));
  }

  /** Of a change. */
  static MonitorSpec changed(MonitorSpec now, JsonObject body) {
    return new MonitorSpec(
        body.text("name").orElse(now.name()),
        body.whole("expected_interval_sec").map(Duration::ofSeconds).orElse(now.expectedInterval()),
        body.whole("grace_seconds").map(Duration::ofSeconds).orElse(now.grace()),
        body.has("labels") ? Labels.of(body.texts("labels")) : now.labels());
  }

  static JsonObject of(Monitor monitor) {
    MonitorSpec spec = monitor.spec();
    return JsonObject.builder()
        .put("id", monitor.id())
        .put("name", spec.name())
        .put("state", word(monitor.state()))
        .put("expected_interval_sec", spec.expectedInterval().toSeconds())
        .put("grace_seconds", spec.grace().toSeconds())
        .put("labels", spec.labels().names())
        .put("ping_count", monitor.pings())
        .put("last_ping_at", monitor.lastPingAt())
        .put("next_expected_at", monitor.nextExpectedAt())
        .put("down_since", monitor.downSince())
        .put("created_at", monitor.createdAt())
        .put("updated_at", monitor.updatedAt())
        .build();
  }

  static JsonObject of(MonitorWithToken monitor, Call call) {
    return JsonObject.builder()
        .putAll(of(monitor.monitor()))
        .put("ping_token", monitor.token())
        .put("ping_url", call.publicUrl("/ping/" + monitor.token()))
        .build();
  }

  static JsonObject of(Ping ping) {
    return JsonObject.builder()
        .put("number", ping.number())
        .put("at", ping.at())
        .put("address", ping.source().address())
        .put("user_agent", ping.source().userAgent())
        .build();
  }
}
