package io.trigrun.contract.feature;

import static java.util.stream.Collectors.joining;

import io.trigrun.Cursor;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.Executions;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Jobs;
import io.trigrun.Workspace;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Something that is done in a workspace to a thing that is named by an id, a name or a snapshot.
 * All there are stand in {@link #TABLE}; what can't name a thing stands in {@link #NAMELESS}. An
 * operation that is in neither fails a test: whoever adds one says here what it does.
 */
final class WorkspaceOperation {

  /** What an operation may be told to work on. */
  record Things(Job job, Execution run) {}

  /** What a workspace leads to. */
  static final List<Class<?>> SERVICES = List.of(Workspace.class, Jobs.class, Executions.class);

  static final Map<String, WorkspaceOperation> TABLE = table();

  /** What it does, and what comes of it. */
  private final BiFunction<Workspace, Things, Object> act;

  private WorkspaceOperation(BiFunction<Workspace, Things, Object> act) {
    this.act = act;
  }

  private static Map<String, WorkspaceOperation> table() {
    Map<String, WorkspaceOperation> all = new LinkedHashMap<>();
    returning(all, "Jobs.find(UUID)", (ours, it) -> ours.jobs().find(it.job().id()));
    returning(
        all, "Jobs.findByName(String)", (ours, it) -> ours.jobs().findByName(it.job().name()));
    returning(
        all,
        "Jobs.update(UUID,JobSpec)",
        (ours, it) ->
            ours.jobs().update(it.job().id(), JobSpec.named("taken").handler("work").build()));
    returning(all, "Jobs.nextRun(Job)", (ours, it) -> ours.jobs().nextRun(it.job()));
    returning(all, "Jobs.nextRuns(List)", (ours, it) -> ours.jobs().nextRuns(List.of(it.job())));
    returning(all, "Jobs.pause(UUID)", (ours, it) -> ours.jobs().pause(it.job().id()));
    returning(all, "Jobs.resume(UUID)", (ours, it) -> ours.jobs().resume(it.job().id()));
    returning(all, "Jobs.activate(UUID)", (ours, it) -> ours.jobs().activate(it.job().id()));
    returning(all, "Jobs.runNow(UUID)", (ours, it) -> ours.jobs().runNow(it.job().id()));
    doing(all, "Jobs.delete(UUID)", (ours, it) -> ours.jobs().delete(it.job().id()));
    returning(all, "Executions.find(UUID)", (ours, it) -> ours.executions().find(it.run().id()));
    returning(
        all, "Executions.attempts(UUID)", (ours, it) -> ours.executions().attempts(it.run().id()));
    returning(
        all, "Executions.replay(UUID)", (ours, it) -> ours.executions().replay(it.run().id()));
    returning(
        all,
        "Executions.cancel(UUID,String)",
        (ours, it) -> ours.executions().cancel(it.run().id(), "not wanted"));
    returning(
        all,
        "Executions.list(ExecutionQuery)",
        (ours, it) -> {
          ExecutionQuery every = ours.executions().query();
          return Stream.of(
                  every.job(it.job().id()),
                  every.parent(it.run().id()),
                  every.handler(it.run().handler()),
                  every.after(new Cursor(it.run().createdAt().plusSeconds(1), it.run().id())))
              .map(query -> ours.executions().list(query).items())
              .toList();
        });
    return all;
  }

  /** What takes nothing that could be another workspace's, or is told of by a test of its own. */
  static final Set<String> NAMELESS =
      Set.of(
          "Workspace.name()",
          "Workspace.secrets()",
          "Workspace.monitors()",
          "Workspace.limits()",
          "Workspace.scheduleFiles()",
          "Workspace.jobs()",
          "Workspace.executions()",
          "Workspace.enqueue(ExecutionRequest)",
          "Workspace.enqueue(List)",
          "Workspace.enqueue(StoreSession,ExecutionRequest)",
          "Workspace.enqueue(StoreSession,List)",
          "Jobs.check(JobSpec)",
          "Jobs.create(JobSpec)",
          "Jobs.draft(JobSpec)",
          "Jobs.save(JobSpec)",
          "Jobs.list(int)",
          "Jobs.list(int,Cursor)",
          "Executions.query()");

  private static void returning(
      Map<String, WorkspaceOperation> all,
      String signature,
      BiFunction<Workspace, Things, Object> act) {
    all.put(signature, new WorkspaceOperation(act));
  }

  private static void doing(
      Map<String, WorkspaceOperation> all, String signature, BiConsumer<Workspace, Things> act) {
    returning(
        all,
        signature,
        (workspace, things) -> {
          act.accept(workspace, things);
          return "done";
        });
  }

  /** Every method of the services, as {@code Jobs.pause(UUID)}. */
  static Set<String> all() {
    Set<String> signatures = new TreeSet<>();
    for (Class<?> service : SERVICES) {
      for (Method method : service.getDeclaredMethods()) {
        if (!method.isSynthetic() && !Modifier.isStatic(method.getModifiers())) {
          signatures.add(signature(method));
        }
      }
    }
    return signatures;
  }

  private static String signature(Method method) {
    String parameters =
        Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).collect(joining(","));
    return method.getDeclaringClass().getSimpleName()
        + "."
        + method.getName()
        + "("
        + parameters
        + ")";
  }

  /** What comes of it, in words without the ids of the things. */
  String outcome(Workspace workspace, Things things) {
    return words(workspace, things)
        .replace(things.job().id().toString(), "(job)")
        .replace(things.run().id().toString(), "(run)");
  }

  private String words(Workspace workspace, Things things) {
    try {
      return String.valueOf(act.apply(workspace, things));
    } catch (RuntimeException e) {
      return e.toString();
    }
  }
}
