package io.trigrun.examples.benchmarks;

import io.trigrun.examples.benchmarks.scenario.Scenario;
import io.trigrun.examples.benchmarks.scenario.Scenarios;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The command line.
 *
 * @param workers how many executions each node runs at once; empty for each engine's best
 */
record Options(
    Scenario scenario,
    List<String> engines,
    int repeats,
    int size,
    OptionalInt workers,
    boolean json) {

  private static final int MOST = 100_000_000;
  private static final int MOST_REPEATS = 1_000;
  private static final int MOST_WORKERS = 1_000;

  static Options parse(String... args) throws UsageException {
    Deque<String> words = new ArrayDeque<>();
    for (String arg : args) { // --size=5 as well as --size 5
      words.addAll(arg.startsWith("--") ? Arrays.asList(arg.split("=", 2)) : List.of(arg));
    }
    Scenario scenario = scenario(Optional.ofNullable(words.poll()).orElse(""));
    List<String> engines = scenario.defaultEngines();
    int repeats = 3;
    int size = scenario.defaultSize();
    OptionalInt workers = OptionalInt.empty();
    boolean json = false;
    while (!words.isEmpty()) {
      String option = words.remove();
      switch (option) {
        case "--engines" -> engines = engines(scenario, value(option, words));
        case "--repeats" -> repeats = number(option, words, MOST_REPEATS);
        case "--size" -> size = number(option, words, MOST);
        case "--seconds" -> size = seconds(scenario, words);
        case "--workers" -> workers = OptionalInt.of(number(option, words, MOST_WORKERS));
        case "--json" -> json = true;
        default ->
            throw new UsageException(
                "expected --engines, --repeats, --size, --workers or --json, got " + option);
      }
    }
    return new Options(scenario, engines, repeats, size, workers, json);
  }

  private static Scenario scenario(String name) throws UsageException {
    Optional<Scenario> scenario = Scenarios.named(name);
    if (scenario.isEmpty()) {
      throw new UsageException(
          "expected a scenario, one of %s, got %s"
              .formatted(
                  String.join(", ", Scenarios.ALL.stream().map(Scenario::name).toList()),
                  name.isEmpty() ? "nothing" : name));
    }
    return scenario.get();
  }

  private static List<String> engines(Scenario scenario, String list) throws UsageException {
    List<String> engines = Arrays.stream(list.split(",", -1)).distinct().toList();
    for (String engine : engines) {
      if (!scenario.engines().contains(engine)) {
        throw new UsageException(
            "expected engines that %s can measure, of %s, got %s"
                .formatted(scenario.name(), String.join(", ", scenario.engines()), engine));
      }
    }
    return engines;
  }

  private static int seconds(Scenario scenario, Deque<String> words) throws UsageException {
    if (!scenario.unit().equals("seconds")) {
      throw new UsageException(
          "expected --size, as %s counts %s, got --seconds"
              .formatted(scenario.name(), scenario.unit()));
    }
    return number("--seconds", words, MOST);
  }

  private static int number(String option, Deque<String> words, int most) throws UsageException {
    String value = value(option, words);
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) { // said below
    }
    throw new UsageException(
        "expected %s with a whole number from 1 to %,d, got %s".formatted(option, most, value));
  }

  private static String value(String option, Deque<String> words) throws UsageException {
    String value = words.poll();
    if (value == null || value.startsWith("--")) {
      throw new UsageException("expected a value after " + option + ", got none");
    }
    return value;
  }
}
