package io.trigrun.workflow.model;

import io.trigrun.workflow.definition.Workflow;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/**
 * Any workflow, whatever happens to its run in whatever order, comes to what {@link Reference} says
 * it must. Many more of them, other ones each time: {@code -Dtrigrun.model.long=true}.
 */
class WorkflowModelTest {

  /** Also what is printed of a counter-example. */
  record Story(Workflow workflow, int survives, List<Event> events) {
    @Override
    public String toString() {
      return workflow.toJson() + "\nstart " + survives + ", " + events;
    }
  }

  @Provide
  Arbitrary<Story> stories() {
    return net.jqwik.api.Combinators.combine(
            RandomWorkflows.any(),
            Arbitraries.integers().between(0, 11),
            Event.any().list().ofMaxSize(12))
        .as((workflow, die, events) -> new Story(workflow, die < 9 ? -1 : die - 9, events));
  }

  @Property(tries = 7000, edgeCases = EdgeCasesMode.NONE)
  @AddLifecycleHook(WhenAsked.class)
  void and_so_do_very_many(@ForAll("stories") Story story) {
    a_run_comes_to_what_its_definition_and_the_events_say(story);
  }

  /** Takes minutes. */
  static final class WhenAsked implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return Boolean.getBoolean("trigrun.model.long")
          ? SkipResult.doNotSkip()
          : SkipResult.skip("only with -Dtrigrun.model.long=true");
    }
  }

  @Property(tries = 500, seed = "4711", edgeCases = EdgeCasesMode.NONE)
  void a_run_comes_to_what_its_definition_and_the_events_say(@ForAll("stories") Story story) {
    try (ModelRun run = new ModelRun(story.workflow())) {
      try {
        run.start(story.survives());
        story.events().forEach(run::happen);
        run.end();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            story.workflow().toJson() + "\n" + String.join("\n", run.told()) + "\n" + e, e);
      }
    }
  }
}
