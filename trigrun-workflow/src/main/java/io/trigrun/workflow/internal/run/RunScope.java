package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.internal.expression.Reference;
import io.trigrun.workflow.internal.expression.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What templates find at one place of a run. */
record RunScope(
    Plan plan, RunState state, Surroundings world, Supplier<JsonNode> jobContext, Loops loops)
    implements Scope {

  @Override
  public Optional<JsonNode> find(Reference reference) {
    List<String> path = reference.path();
    return switch (reference.root()) {
      case "context" -> reference.in(state.context);
      case "trigger" -> reference.in(world.trigger());
      case "steps" -> path.isEmpty() ? Optional.empty() : result(path);
      case "execution" -> reference.in(execution());
      case "job" ->
          path.isEmpty() || !path.get(0).equals("context")
              ? reference.in(job())
              : rest(path, 1).in(jobContext.get());
      case "item" ->
          loops.rounds().isEmpty() ? Optional.empty() : reference.in(loops.innermost().item());
      case "index" ->
          loops.rounds().isEmpty()
              ? Optional.empty()
              : Optional.of(Nodes.number(loops.innermost().index()));
      case "waits" -> path.isEmpty() ? Optional.empty() : rest(path, 1).in(links(path.get(0)));
      default -> Optional.empty();
    };
  }

  private Optional<JsonNode> result(List<String> path) {
    String id = path.get(0);
    return Optional.ofNullable(state.results.get(loops.key(id, plan.loopsAround(id))))
        .flatMap(result -> rest(path, 1).in(result));
  }

  private static Reference rest(List<String> path, int from) {
    return new Reference("rest", path.subList(from, path.size()));
  }

  private ObjectNode execution() {
    ObjectNode node = Nodes.object();
    node.put("id", world.executionId().toString());
    node.put("attempt", world.attempt());
    node.put("started_at", state.startedAt.toString());
    node.put("scheduled_for", world.scheduledFor().toString());
    return node;
  }

  private ObjectNode job() {
    ObjectNode node = Nodes.object();
    world
        .job()
        .ifPresent(
            job -> {
              node.put("id", job.id().toString());
              node.put("name", job.name());
            });
    return node;
  }

  private ObjectNode links(String stepId) {
    ObjectNode node = Nodes.object();
    world
        .links(state.waitKey(loops.key(stepId, plan.loopsAround(stepId))), Optional.empty())
        .ifPresent(
            links -> {
              node.put("resume_url", links.resumeUrl());
              node.put("review_url", links.reviewUrl());
              node.put("approve_url", links.approveUrl());
              node.put("reject_url", links.rejectUrl());
            });
    return node;
  }
}
