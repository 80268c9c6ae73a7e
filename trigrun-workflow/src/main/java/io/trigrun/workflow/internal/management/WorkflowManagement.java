package io.trigrun.workflow.internal.management;

import io.trigrun.route.AnswerExamples;
import io.trigrun.route.Route;
import io.trigrun.spi.Extension.Contribution;
import io.trigrun.spi.Host;
import io.trigrun.workflow.definition.Workflow.Start;
import io.trigrun.workflow.internal.run.Engine;
import java.util.List;
import java.util.stream.Stream;

/** All that workflows add to the HTTP surface for management. */
public final class WorkflowManagement {

  static final AnswerExamples ANSWERS =
      AnswerExamples.read(WorkflowManagement.class.getResourceAsStream("answers.json"));

  private WorkflowManagement() {}

  /** The same contribution, with that surface. */
  public static Contribution with(Contribution contribution, Host host, Engine engine) {
    List<Route> routes =
        Stream.concat(
                new ContextRoutes(engine).all().stream(), new TriggerRoutes(engine).all().stream())
            .toList();
    return contribution
        .withRoutes(ANSWERS.on(routes))
        .withJobKinds(new WorkflowKind(Start.SCHEDULE), new TriggerKind(host, engine))
        .withExecutionPart(new RunPart(engine));
  }
}
