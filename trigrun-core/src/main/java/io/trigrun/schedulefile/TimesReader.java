package io.trigrun.schedulefile;

import io.trigrun.schedule.MissedRunPolicy;
import io.trigrun.schedule.Schedule;
import io.trigrun.schedulefile.FileNode.Kind;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** When a job of a file runs, and what happens to firings that nobody was there for. */
record TimesReader(Fields fields, Optional<String> zoneOfFile, Function<String, Place> places) {

  static final List<String> KEYS =
      List.of("cron", "timezone", "every_n_minutes", "every", "run_at", "missed_run_policy");
  private static final List<String> SCHEDULES =
      List.of("cron", "every_n_minutes", "every", "run_at");
  private static final String NOW = "now";
  private static final String RUN_ALL = "run_all";
  private static final String POLICIES = "skip, run_once or run_all (with a bound)";

  Optional<Schedule> schedule() {
    List<String> given = SCHEDULES.stream().filter(fields::has).toList();
    if (given.size() > 1) {
      fields
          .problems()
          .add(
              fields.placeOf(given.get(1)),
              fields.path(),
              "at most one of " + String.join(", ", SCHEDULES),
              String.join(" and ", given));
    }
    if (fields.has("timezone") && !given.contains("cron")) {
      fields
          .problems()
          .add(
              fields.placeOf("timezone"),
              fields.field("timezone"),
              "this only with cron",
              "it without");
    }
    if (given.size() != 1) {
      return given.isEmpty() ? Optional.of(Schedule.manual()) : Optional.empty();
    }
    return switch (given.get(0)) {
      case "cron" -> {
        String zone = fields.text("timezone").or(() -> zoneOfFile).orElse("Z");
        yield fields.text("cron").flatMap(cron -> attempt(() -> Schedule.cron(cron, zone)));
      }
      case "every_n_minutes" ->
          fields.integer("every_n_minutes").flatMap(n -> attempt(() -> Schedule.everyMinutes(n)));
      case "every" -> fields.duration("every").flatMap(time -> attempt(() -> Schedule.every(time)));
      default -> fields.text("run_at").flatMap(this::runAt);
    };
  }

  private Optional<Schedule> runAt(String text) {
    if (text.equals(NOW)) {
      return Optional.of(Schedule.now());
    }
    try {
      var instant = OffsetDateTime.parse(text).toInstant();
      return attempt(() -> Schedule.at(instant));
    } catch (DateTimeException e) {
      fields
          .problems()
          .add(
              fields.placeOf("run_at"),
              fields.field("run_at"),
              "now, or a time with its offset such as 2030-01-31T03:00:00Z",
              "something else");
      return Optional.empty();
    }
  }

  Optional<MissedRunPolicy> missed() {
    Optional<FileNode> node = fields.value("missed_run_policy");
    if (node.isEmpty() || node.get().isScalar()) {
      return node.flatMap(word -> policy(fields, word, "missed_run_policy", Optional.empty()));
    }
    Fields parts = Fields.of(fields.field("missed_run_policy"), node.get(), fields.problems());
    parts.refuseUnknown(List.of("policy", "bound", "tolerance"));
    Optional<Integer> bound = parts.integer("bound");
    Optional<FileNode> name = parts.value("policy");
    if (name.isEmpty() && node.get().kind() == Kind.MAP) {
      fields.problems().add(node.get().place(), parts.field("policy"), POLICIES, "nothing");
    }
    if (parts.has("bound") && name.isPresent() && !name.get().text().equals(RUN_ALL)) {
      fields
          .problems()
          .add(
              parts.placeOf("bound"), parts.field("bound"), "this only with run_all", "it without");
    }
    Optional<MissedRunPolicy> policy = name.flatMap(word -> policy(parts, word, "policy", bound));
    return parts
        .duration("tolerance")
        .flatMap(time -> policy.flatMap(it -> attempt(() -> it.tolerance(time))))
        .or(() -> policy);
  }

  private Optional<MissedRunPolicy> policy(
      Fields where, FileNode word, String field, Optional<Integer> bound) {
    return switch (word.text()) {
      case "skip" -> Optional.of(MissedRunPolicy.skip());
      case "run_once" -> Optional.of(MissedRunPolicy.runOnce());
      case RUN_ALL -> attempt(() -> MissedRunPolicy.runAll(bound.orElse(0)));
      default -> {
        where.problems().add(word.place(), where.field(field), POLICIES, "something else");
        yield Optional.empty();
      }
    };
  }

  private <T> Optional<T> attempt(Supplier<T> supplier) {
    return fields.problems().attempt(fields.path(), places, supplier);
  }
}
