package io.trigrun.contract.feature;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.trigrun.Cursor;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.Executions;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Jobs;
import io.trigrun.Workspace;
import io.trigrun.monitor.Monitor;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.MonitorWithToken;
import io.trigrun.monitor.Monitors;
import io.trigrun.monitor.PingSource;
import io.trigrun.schedulefile.ScheduleFiles;
import io.trigrun.secret.Secret;
import io.trigrun.secret.Secrets;
import io.trigrun.spi.UniqueKey;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
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
  record Things(Job job, Execution run, Secret secret, MonitorWithToken watched) {

    Monitor monitor() {
      return watched.monitor();
    }
  }

  /** What a workspace leads to. */
  static final List<Class<?>> SERVICES =
      List.of(
          Workspace.class,
          Jobs.class,
          Executions.class,
          Secrets.class,
          Monitors.class,
          ScheduleFiles.class);

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
    returning(
        all,
        "Jobs.update(UUID,long,JobSpec)",
        (ours, it) ->
            ours.jobs()
                .update(
                    it.job().id(),
                    it.job().version(),
                    JobSpec.named("taken").handler("work").build()));
    doing(
        all,
        "Jobs.delete(UUID,long)",
        (ours, it) -> ours.jobs().delete(it.job().id(), it.job().version()));
    returning(all, "Jobs.nextRun(Job)", (ours, it) -> ours.jobs().nextRun(it.job()));
    returning(all, "Jobs.nextRuns(List)", (ours, it) -> ours.jobs().nextRuns(List.of(it.job())));
    returning(all, "Jobs.pause(UUID)", (ours, it) -> ours.jobs().pause(it.job().id()));
    returning(all, "Jobs.resume(UUID)", (ours, it) -> ours.jobs().resume(it.job().id()));
    returning(all, "Jobs.activate(UUID)", (ours, it) -> ours.jobs().activate(it.job().id()));
    returning(all, "Jobs.runNow(UUID)", (ours, it) -> ours.jobs().runNow(it.job().id()));
    returning(
        all,
        "Jobs.runNow(UUID,UniqueKey)",
        (ours, it) -> ours.jobs().runNow(it.job().id(), UniqueKey.whileKept("run")));
    returning(
        all,
        "Jobs.list(int,Cursor)",
        (ours, it) -> ours.jobs().list(10, before(it.job().createdAt())).items());
    doing(all, "Jobs.delete(UUID)", (ours, it) -> ours.jobs().delete(it.job().id()));
    returning(all, "Executions.find(UUID)", (ours, it) -> ours.executions().find(it.run().id()));
    returning(
        all, "Executions.attempts(UUID)", (ours, it) -> ours.executions().attempts(it.run().id()));
    returning(
        all, "Executions.replay(UUID)", (ours, it) -> ours.executions().replay(it.run().id()));
    returning(
        all,
        "Executions.replay(UUID,UniqueKey)",
        (ours, it) -> ours.executions().replay(it.run().id(), UniqueKey.whileKept("replay")));
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
    secrets(all);
    monitors(all);
    return all;
  }

  private static void secrets(Map<String, WorkspaceOperation> all) {
    returning(all, "Secrets.find(String)", (ours, it) -> ours.secrets().find(it.secret().name()));
    returning(
        all,
        "Secrets.replace(String,String)",
        (ours, it) -> ours.secrets().replace(it.secret().name(), "taken over"));
    returning(
        all,
        "Secrets.replace(String,long,String)",
        (ours, it) ->
            ours.secrets().replace(it.secret().name(), it.secret().version(), "taken over"));
    doing(
        all,
        "Secrets.delete(String,long)",
        (ours, it) -> ours.secrets().delete(it.secret().name(), it.secret().version()));
    returning(
        all,
        "Secrets.list(int,Cursor)",
        (ours, it) -> ours.secrets().list(10, before(it.secret().createdAt())).items());
    doing(all, "Secrets.delete(String)", (ours, it) -> ours.secrets().delete(it.secret().name()));
  }

  private static void monitors(Map<String, WorkspaceOperation> all) {
    returning(all, "Monitors.find(UUID)", (ours, it) -> ours.monitors().find(it.monitor().id()));
    returning(
        all,
        "Monitors.findByName(String)",
        (ours, it) -> ours.monitors().findByName(it.monitor().name()));
    returning(
        all,
        "Monitors.update(UUID,MonitorSpec)",
        (ours, it) ->
            ours.monitors()
                .update(it.monitor().id(), MonitorSpec.of("taken", Duration.ofMinutes(7))));
    returning(
        all,
        "Monitors.update(UUID,long,MonitorSpec)",
        (ours, it) ->
            ours.monitors()
                .update(
                    it.monitor().id(),
                    it.monitor().version(),
                    MonitorSpec.of("taken", Duration.ofMinutes(7))));
    doing(
        all,
        "Monitors.delete(UUID,long)",
        (ours, it) -> ours.monitors().delete(it.monitor().id(), it.monitor().version()));
    returning(
        all,
        "Monitors.list(int,Cursor)",
        (ours, it) -> ours.monitors().list(10, before(it.monitor().createdAt())).items());
    returning(
        all,
        "Monitors.ping(String,PingSource)",
        (ours, it) -> ours.monitors().ping(it.watched().token(), PingSource.unknown()));
    returning(all, "Monitors.pause(UUID)", (ours, it) -> ours.monitors().pause(it.monitor().id()));
    returning(
        all, "Monitors.resume(UUID)", (ours, it) -> ours.monitors().resume(it.monitor().id()));
    returning(
        all,
        "Monitors.rotateToken(UUID)",
        (ours, it) -> ours.monitors().rotateToken(it.monitor().id()));
    doing(all, "Monitors.delete(UUID)", (ours, it) -> ours.monitors().delete(it.monitor().id()));
    returning(
        all,
        "Monitors.pings(UUID,int)",
        (ours, it) -> ours.monitors().pings(it.monitor().id(), 10).items());
    returning(
        all,
        "Monitors.pings(UUID,int,Cursor)",
        (ours, it) ->
            ours.monitors().pings(it.monitor().id(), 10, before(it.monitor().createdAt())).items());
  }

  /** Where a list goes on with what was made at that time: the latest comes first. */
  private static Cursor before(Instant at) {
    return new Cursor(at.plusSeconds(1), new UUID(0, 1));
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
          "Executions.query()",
          "Secrets.create(String,String)",
          "Secrets.save(String,String)",
          "Secrets.list(int)",
          "Monitors.create(MonitorSpec)",
          "Monitors.list(int)",
          "ScheduleFiles.plan(ScheduleFile)",
          "ScheduleFiles.apply(ScheduleFile)");

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

  /** What a workspace gives that has operations of its own. */
  static Set<Class<?>> led() {
    return Arrays.stream(Workspace.class.getDeclaredMethods())
        .map(Method::getReturnType)
        .filter(type -> type.isInterface() && type.getName().startsWith("io.trigrun."))
        .collect(toSet());
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
        .replace(things.run().id().toString(), "(run)")
        .replace(things.secret().name(), "(secret)")
        .replace(things.monitor().id().toString(), "(monitor)");
  }

  private String words(Workspace workspace, Things things) {
    try {
      return String.valueOf(act.apply(workspace, things));
    } catch (RuntimeException e) {
      return e.toString();
    }
  }
}
