package io.trigrun.internal.management;

import io.trigrun.route.AnswerExamples;
import io.trigrun.route.Route;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.ExecutionPart;
import io.trigrun.spi.JobKind;
import io.trigrun.spi.JobStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All of core's own. */
public final class CoreRoutes {

  private static final AnswerExamples ANSWERS =
      AnswerExamples.read(CoreRoutes.class.getResourceAsStream("answers.json"));

  private CoreRoutes() {}

  /**
   * Those of jobs and executions say what extensions say, too.
   *
   * @throws IllegalArgumentException if two kinds of job have one name
   */
  public static List<Route> with(JobStore store, List<JobKind> kinds, List<ExecutionPart> parts) {
    Map<String, JobKind> byName = new LinkedHashMap<>();
    for (JobKind kind : kinds) {
      if (Schedule.Kind.ofJsonName(kind.name()).isPresent()
          || byName.put(kind.name(), kind) != null) {
        throw new IllegalArgumentException("expected one kind of job named " + kind.name());
      }
    }
    ExecutionJson executions = new ExecutionJson(new JobNames(store), parts);
    List<Route> routes =
        Stream.of(
                new JobRoutes(byName, executions).all(),
                new ExecutionRoutes(executions, parts).all(),
                SecretRoutes.all(),
                MonitorRoutes.all())
            .flatMap(List::stream)
            .toList();
    return ANSWERS.on(routes);
  }
}
