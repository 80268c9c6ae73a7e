package io.trigrun.examples.benchmarks;

import io.trigrun.examples.benchmarks.database.PostgresServer;
import io.trigrun.examples.benchmarks.scenario.Bench;
import io.trigrun.examples.benchmarks.scenario.Measurement;
import io.trigrun.examples.benchmarks.scenario.Trial;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a scenario: warms everything up, then measures every engine once, then every engine a second
 * time, and so on, so that what else goes on at the machine meets all of them.
 */
record Runner(Options options, PrintStream out, PrintStream progress) {

  List<Measurement> run() throws Exception {
    List<Measurement> measurements = new ArrayList<>();
    try (PostgresServer server = PostgresServer.start(options.scenario().countsStatements())) {
      say(
          "PostgreSQL %s, fsync %s, synchronous_commit %s"
              .formatted(
                  server.show("server_version"),
                  server.show("fsync"),
                  server.show("synchronous_commit")));
      Bench bench = new Bench(server, options.size(), options.workers(), this::say);
      List<Trial> trials = new ArrayList<>();
      for (String engine : options.engines()) {
        trials.addAll(options.scenario().trials(bench, engine));
      }
      for (Trial trial : trials) {
        say("warming up " + title(trial));
        trial.warmUp();
      }
      for (int repeat = 1; repeat <= options.repeats(); repeat++) {
        for (Trial trial : trials) {
          measurements.add(measure(trial, repeat));
        }
      }
    }
    if (!options.json()) {
      out.print(new Table(options.scenario().metrics(), measurements).render());
    }
    return measurements;
  }

  private Measurement measure(Trial trial, int repeat) throws Exception {
    say("%s, repeat %d of %d".formatted(title(trial), repeat, options.repeats()));
    System.gc();
    Measurement measurement =
        new Measurement(
            options.scenario().name(), trial.engine(), trial.variant(), repeat, trial.measure());
    say(title(trial) + ": " + measurement.values());
    if (options.json()) {
      out.println(JsonLine.of(measurement));
    }
    return measurement;
  }

  private static String title(Trial trial) {
    return trial.variant().isEmpty() ? trial.engine() : trial.engine() + ", " + trial.variant();
  }

  private void say(String what) {
    progress.println("[" + options.scenario().name() + "] " + what);
  }
}
