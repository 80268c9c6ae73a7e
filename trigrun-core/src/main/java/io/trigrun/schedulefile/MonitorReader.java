package io.trigrun.schedulefile;

import io.trigrun.Labels;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.schedulefile.FileNode.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads one monitor of a file. */
record MonitorReader(FileProblems problems) {

  Optional<FileMonitor> read(Entry entry) {
    int before = problems.count();
    Fields fields = Fields.of("monitors." + FileNode.shown(entry.key()), entry.value(), problems);
    fields.refuseUnknown(
        List.of("every", "expected_interval_sec", "grace", "grace_seconds", "labels"));
    Optional<Duration> interval = either(fields, "every", "expected_interval_sec");
    Optional<Duration> grace = either(fields, "grace", "grace_seconds");
    Optional<Labels> labels =
        problems.attempt(fields.path(), field -> placeOf(fields, entry, field), fields::labels);
    if (interval.isEmpty() && problems.count() == before) {
      problems.add(
          entry.keyPlace(), fields.path(), "one of every and expected_interval_sec", "none");
    }
    Optional<MonitorSpec> spec =
        problems.attempt(
            fields.path(),
            field -> placeOf(fields, entry, field),
            () ->
                new MonitorSpec(
                    entry.key(),
                    interval.orElse(Duration.ofDays(1)),
                    grace.orElse(MonitorSpec.DEFAULT_GRACE),
                    labels.orElse(Labels.none())));
    return spec.filter(done -> problems.count() == before)
        .map(done -> new FileMonitor(done, entry.keyPlace()));
  }

  /** Written with a unit, or as a number of seconds under another key. */
  private Optional<Duration> either(Fields fields, String withUnit, String inSeconds) {
    if (fields.has(withUnit) && fields.has(inSeconds)) {
      problems.add(
          fields.placeOf(inSeconds),
          fields.field(inSeconds),
          "either " + withUnit + " or " + inSeconds,
          "both");
    }
    return fields.duration(withUnit).or(() -> fields.integer(inSeconds).map(Duration::ofSeconds));
  }

  private static Place placeOf(Fields fields, Entry entry, String field) {
    List<String> keys =
        switch (field) {
          case "expected_interval_sec" -> List.of("every", field);
          case "grace_seconds" -> List.of("grace", field);
          case "labels" -> List.of(field);
          default -> List.of();
        };
    return keys.stream()
        .flatMap(key -> fields.node().placeOf(key).stream())
        .findFirst()
        .orElse(entry.keyPlace());
  }
}
