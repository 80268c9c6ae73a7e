package io.trigrun.internal;

import io.trigrun.schedule.CronSchedule;
import io.trigrun.schedule.IntervalSchedule;
import io.trigrun.schedule.MissedRunPolicy;
import io.trigrun.schedule.OnceSchedule;
import io.trigrun.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Schedules and missed-run policies as JSON, in the platform's shape. */
final class ScheduleJson {

  private static final long MOST_MINUTES = 1_440;

  private ScheduleJson() {}

  static ObjectNode write(JsonMapper mapper, Schedule schedule) {
    ObjectNode node = mapper.createObjectNode();
    if (schedule instanceof CronSchedule cron) {
      node.put("cron", cron.expression());
      node.put("timezone", cron.zone().getId());
    } else if (schedule instanceof IntervalSchedule every) {
      writeInterval(node, every.interval());
    } else if (schedule instanceof OnceSchedule once) {
      node.put("run_at", once.instant().toString());
    }
    return node;
  }

  private static void writeInterval(ObjectNode node, Duration interval) {
    long minutes = interval.toMinutes();
    if (interval.equals(Duration.ofMinutes(minutes)) && minutes <= MOST_MINUTES) {
      node.put("every_n_minutes", minutes);
    } else {
      node.put("interval", interval.toString());
    }
  }

  static Schedule readSchedule(String kind, JsonNode node) {
    return switch (Schedule.Kind.ofJsonName(kind).orElseThrow()) {
      case CRON ->
          Schedule.cron(node.get("cron").stringValue(), node.get("timezone").stringValue());
      case RECURRING ->
          node.has("interval")
              ? Schedule.every(Duration.parse(node.get("interval").stringValue()))
              : Schedule.everyMinutes(node.get("every_n_minutes").intValue());
      case SCHEDULED -> Schedule.at(Instant.parse(node.get("run_at").stringValue()));
      case ONE_TIME -> Schedule.now();
      case MANUAL -> Schedule.manual();
    };
  }

  static ObjectNode write(JsonMapper mapper, MissedRunPolicy policy) {
    ObjectNode node = mapper.createObjectNode();
    if (policy instanceof MissedRunPolicy.RunAll all) {
      node.put("policy", "run_all").put("bound", all.bound());
    } else {
      node.put("policy", policy instanceof MissedRunPolicy.Skip ? "skip" : "run_once");
    }
    return node.put("tolerance", policy.tolerance().toString());
  }

  static MissedRunPolicy readMissed(JsonNode node) {
    MissedRunPolicy policy =
        switch (node.get("policy").stringValue()) {
          case "run_all" -> MissedRunPolicy.runAll(node.get("bound").intValue());
          case "skip" -> MissedRunPolicy.skip();
          default -> MissedRunPolicy.runOnce();
        };
    return policy.tolerance(Duration.parse(node.get("tolerance").stringValue()));
  }
}
