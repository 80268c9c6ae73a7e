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
            new Dbos(),
            new BareJdbc(200))
        .forEach(engine -> ALL.put(engine.name(), engine));
  }

  /** What is measured when nothing else is asked for. */
  public static final List<String> DEFAULTS =
      List.of("trigrun", "db-scheduler", "jobrunr", "quartz", "dbos", "bare-jdbc");

  private Engines() {}

  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** The engine of a name that {@link #names} has. */
  public static Engine named(String name) {
    Engine engine = ALL.get(name);
    if (engine == null) {
      throw new IllegalArgumentException("expected one of " + names() + ", got " + name);
    }
    return engine;
  }
}
