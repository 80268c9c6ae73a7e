package io.trigrun.examples.cli;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much of a list. */
final class Paging {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  private OptionalInt limit = OptionalInt.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many. Without it: 500 in a table, all with --json.")
  void setLimit(@Nullable Integer limit) {
    if (limit != null && limit < 1 && command != null) {
      throw new ParameterException(
          command.commandLine(), "--limit: expected 1 or more, got " + limit);
    }
    this.limit = limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
  }

  OptionalInt limit() {
    return limit;
  }
}
