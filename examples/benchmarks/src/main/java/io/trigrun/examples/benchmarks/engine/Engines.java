package io.trigrun.examples.benchmarks.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All engines, by name. */
public final class Engines {

  private static final Map<String, Engine> ALL = new LinkedHashMap<>();

  static {
    List.of(
            TrigRunEngine.grouped(),
            TrigRunEngine.oneByOne(),
            DbScheduler.withManyWorkers(),
            DbScheduler.withFewWorkers(),
            new JobRunr(),
            new QuartzEngine(),
            Dbos.plain(),
            new BareJdbc(200),
            new TrigRunSteps(),
            Dbos.withSteps())
        .forEach(engine -> ALL.put(engine.name(), engine));
  }

  /** What is measured when nothing else is asked for. */
  public static final List<String> DEFAULTS =
      List.of("trigrun", "db-scheduler", "jobrunr", "quartz", "dbos", "bare-jdbc");

  /** Those whose executions are runs of three steps. */
  public static final List<String> OF_STEPS = List.of("trigrun-steps", "dbos-steps");

  private Engines() {}

  public static List<String> names() {
    return ALL.keySet().stream().filter(name -> !OF_STEPS.contains(name)).toList();
  }

  /** The engine of a name that {@link #names} or {@link #OF_STEPS} has. */
  public static Engine named(String name) {
    Engine engine = ALL.get(name);
    if (engine == null) {
      throw new IllegalArgumentException("expected one of " + names() + ", got " + name);
    }
    return engine;
  }
}
