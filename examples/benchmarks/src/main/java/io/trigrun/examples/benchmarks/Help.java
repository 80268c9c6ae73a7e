package io.trigrun.examples.benchmarks;

import io.trigrun.examples.benchmarks.scenario.Scenario;
import io.trigrun.examples.benchmarks.scenario.Scenarios;

/** What {@code --help} says. */
final class Help {

  private static final String START =
      """
      Measures TrigRun and its peers on a PostgreSQL that it starts itself.

      java -jar benchmarks.jar SCENARIO [--engines a,b] [--json] [--repeats n] [--size n] [--workers n]
      java -jar benchmarks.jar jmh [arguments of JMH]

        --engines  what to measure, separated by commas; default: see below
        --json     an object for each repeat on a line of its own, instead of a table
        --repeats  how often each engine is measured, by turns; default 3
        --size     how much of the scenario's unit; slow engines get a fixed part of it. Where the
                   unit is seconds it may be called --seconds, too
        --workers  executions that a node runs at once; default: each engine's best

      Progress goes to the standard error. Exit code 1 if anything ran twice or was lost, 2 for a
      command line that asks for something there is not, 3 if a measurement failed.

      Scenarios:
      """;

  private Help() {}

  static String text() {
    StringBuilder text = new StringBuilder(START);
    for (Scenario scenario : Scenarios.ALL) {
      text.append(
          "\n  %s: %s%n    --size counts %s, default %,d%n    engines: %s%n    by default: %s%n"
              .formatted(
                  scenario.name(),
                  scenario.summary(),
                  scenario.unit(),
                  scenario.defaultSize(),
                  String.join(",", scenario.engines()),
                  String.join(",", scenario.defaultEngines())));
    }
    return text.toString();
  }
}
