package io.trigrun.notify;

import io.trigrun.schedulefile.Fields;
import io.trigrun.schedulefile.FileProblems;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a rule of a schedule file says about flapping (row N20). */
final class FileFlapping {

  static final String KEY = "flapping";

  private static final String CHANGES = "changes";
  private static final String WITHIN = "within";
  private static final String STEADY_FOR = "steady_for";

  private FileFlapping() {}

  /** Empty if it says nothing; what is wrong is noted. */
  static Optional<Flapping> read(Fields rule, FileProblems problems) {
    return rule.value(KEY)
        .flatMap(value -> read(rule, Fields.of(rule.field(KEY), value, problems), problems));
  }

  private static Optional<Flapping> read(Fields rule, Fields fields, FileProblems problems) {
    fields.refuseUnknown(List.of(CHANGES, WITHIN, STEADY_FOR));
    Optional<Integer> changes = fields.integer(CHANGES);
    Optional<Duration> within = fields.duration(WITHIN);
    Optional<Duration> steadyFor = fields.duration(STEADY_FOR);
    require(fields, CHANGES, "how many are too many", problems);
    require(fields, WITHIN, "a time such as 1h", problems);
    if (changes.isEmpty() || within.isEmpty()) {
      return Optional.empty();
    }
    return problems.attempt(
        rule.path(),
        field -> fields.placeOf(field.substring(KEY.length() + 1)),
        () -> new Flapping(changes.get(), within.get(), steadyFor.orElse(within.get())));
  }

  private static void require(Fields fields, String name, String expected, FileProblems problems) {
    if (!fields.has(name)) {
      problems.add(fields.node().place(), fields.field(name), expected, "none");
    }
  }

  /** As a plan shows it. */
  static String shown(RuleOptions options) {
    return options.flapping().map(value -> FlappingJson.write(value).toString()).orElse("none");
  }
}
