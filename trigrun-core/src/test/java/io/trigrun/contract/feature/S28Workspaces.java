package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.ExecutionRequest;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobState;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.Workspace;
import io.trigrun.contract.feature.WorkspaceOperation.Things;
import io.trigrun.monitor.Monitor;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.MonitorWithToken;
import io.trigrun.monitor.PingResult;
import io.trigrun.monitor.PingSource;
import io.trigrun.schedule.Schedule;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.Secret;
import io.trigrun.secret.SecretCipher;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S28: everything belongs to one workspace, and nothing reaches across. */
public abstract class S28Workspaces extends FeatureTest {

  private static final List<Object> NOTHING = List.of(List.of(), List.of(), List.of(), List.of());

  private final List<String> seen = new ArrayList<>();
  private TrigRun trigrun;
  private Workspace acme;
  private Workspace globex;

  @BeforeEach
  void build() {
    trigrun =
        open(
            manual()
                .secrets(SecretCipher.aesGcm(KeyRing.of("test", KeyRing.generateKey())))
                .handler(
                    "work",
                    Json.class,
                    (payload, context) -> seen.add(context.workspace() + " " + payload.text())));
    acme = trigrun.workspace("acme");
    globex = trigrun.workspace("globex");
  }

  private static JobSpec.Builder job() {
    return JobSpec.named("sync").handler("work");
  }

  private static ExecutionRequest work(String payload) {
    return ExecutionRequest.of("work", new Json(payload));
  }

  /** A job with a schedule, a run of it that has ended, a secret, and a monitor with a ping. */
  private Things things(Workspace workspace) {
    Job job = workspace.jobs().create(job().schedule(Schedule.everyMinutes(5)).build());
    UUID run = workspace.jobs().runNow(job.id()).id();
    assertThat(driver(trigrun).runDue()).isEqualTo(1);
    Secret secret = workspace.secrets().create("api-key", "sesame open");
    MonitorWithToken watched =
        workspace.monitors().create(MonitorSpec.of("backup", Duration.ofMinutes(5)));
    assertThat(workspace.monitors().ping(watched.token(), PingSource.unknown()))
        .isEqualTo(PingResult.UP);
    return new Things(job, workspace.executions().find(run).orElseThrow(), secret, watched);
  }

  /** The same, had nobody ever saved them. */
  private static Things unknown(Things known) {
    Job job = known.job();
    Execution run = known.run();
    return new Things(
        new Job(
            UUID.randomUUID(),
            job.workspace(),
            job.spec().toBuilder().name("nobody's").build(),
            JobState.ACTIVE,
            job.version(),
            job.createdAt(),
            job.updatedAt(),
            Optional.of(UUID.randomUUID())),
        new Execution(
            UUID.randomUUID(),
            run.workspace(),
            run.queue(),
            run.handler(),
            run.jobId(),
            run.parentId(),
            run.replayOf(),
            run.trigger(),
            run.priority(),
            run.state(),
            run.dueAt(),
            run.scheduledFor(),
            run.createdAt(),
            run.startedAt(),
            run.finishedAt(),
            run.attempt(),
            run.lease(),
            run.node(),
            run.uniqueKey(),
            run.payload(),
            run.output(),
            run.failure(),
            run.checkpoint(),
            run.progress()),
        new Secret(
            "nobodys-key",
            known.secret().version(),
            known.secret().keyId(),
            known.secret().createdAt(),
            known.secret().updatedAt()),
        unknown(known.monitor()));
  }

  private static MonitorWithToken unknown(Monitor known) {
    Monitor monitor =
        new Monitor(
            UUID.randomUUID(),
            known.workspace(),
            MonitorSpec.of("nobody's", Duration.ofMinutes(5)),
            known.state(),
            known.version(),
            known.createdAt(),
            known.updatedAt(),
            known.pings(),
            known.lastPingAt(),
            known.nextExpectedAt(),
            known.downSince());
    return new MonitorWithToken(monitor, "a token that nobody was given");
  }

  private static List<Object> contents(Workspace workspace) {
    return List.of(
        workspace.jobs().list(100).items(),
        workspace.secrets().list(100).items(),
        workspace.monitors().list(100).items(),
        workspace.executions().list(workspace.executions().query()).items());
  }

  static Collection<String> operations() {
    return WorkspaceOperation.TABLE.keySet();
  }

  private static WorkspaceOperation operation(String signature) {
    return Optional.ofNullable(WorkspaceOperation.TABLE.get(signature)).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void what_another_workspace_has_is_as_unknown_as_what_nobody_has(String signature) {
    WorkspaceOperation operation = operation(signature);
    Things theirs = things(acme);
    List<Object> before = contents(acme);

    assertThat(operation.outcome(globex, theirs))
        .isEqualTo(operation.outcome(globex, unknown(theirs)));
    assertThat(contents(acme)).isEqualTo(before);
    assertThat(contents(globex)).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void in_its_own_workspace_it_is_known(String signature) {
    WorkspaceOperation operation = operation(signature);
    Things own = things(acme);

    assertThat(operation.outcome(acme, own)).isNotEqualTo(operation.outcome(globex, own));
  }

  @Test
  void there_is_no_operation_but_those_that_are_tested() {
    Set<String> tested = new TreeSet<>(WorkspaceOperation.TABLE.keySet());
    tested.addAll(WorkspaceOperation.NAMELESS);
    assertThat(WorkspaceOperation.all()).containsExactlyElementsOf(tested);
    assertThat(WorkspaceOperation.SERVICES).containsAll(WorkspaceOperation.led());
  }

  @Test
  void names_are_unique_within_a_workspace_only() {
    Job ours = acme.jobs().create(job().build());
    Job theirs = globex.jobs().save(job().schedule(Schedule.everyMinutes(5)).build());

    assertThat(theirs.id()).isNotEqualTo(ours.id());
    assertThat(List.of(ours.workspace(), theirs.workspace())).containsExactly("acme", "globex");
    assertThat(acme.jobs().findByName("sync")).contains(ours);
    assertThat(acme.jobs().list(10).items()).containsExactly(ours);
    assertThat(globex.jobs().list(10).items()).containsExactly(theirs);
    assertThat(trigrun.jobs().list(10).items()).isEmpty();
  }

  @Test
  void unique_keys_are_unique_within_a_workspace_only() {
    var ours = acme.enqueue(work("1").uniqueKey("once"));
    var live = acme.enqueue(work("2").uniqueWhileLive("alone"));
    var again =
        acme.enqueue(List.of(work("3").uniqueKey("once"), work("4").uniqueWhileLive("alone")));
    var theirs =
        globex.enqueue(List.of(work("5").uniqueKey("once"), work("6").uniqueWhileLive("alone")));

    assertThat(again).allMatch(each -> each.duplicate());
    assertThat(again)
        .extracting(each -> each.executionId())
        .containsExactly(ours.executionId(), live.executionId());
    assertThat(theirs).noneMatch(each -> each.duplicate());
    assertThat(driver(trigrun).runDue()).isEqualTo(4);
    assertThat(seen).containsExactlyInAnyOrder("acme 1", "acme 2", "globex 5", "globex 6");
  }

  @Test
  void what_comes_of_a_job_belongs_to_its_workspace() {
    Job job =
        acme.jobs()
            .create(
                job().handler("work", new Json("7")).schedule(Schedule.everyMinutes(5)).build());
    UUID now = acme.jobs().runNow(job.id()).id();
    driver(trigrun).advance(Duration.ofMinutes(5));
    UUID replay = acme.executions().replay(now).id();
    driver(trigrun).runDue();

    assertThat(seen).containsExactly("acme 7", "acme 7", "acme 7");
    assertThat(acme.executions().find(replay).orElseThrow().state()).isEqualTo(SUCCEEDED);
    assertThat(acme.executions().list(acme.executions().query()).items())
        .hasSize(4) // the cursor is one
        .allMatch(execution -> execution.workspace().equals("acme"));
    assertThat(trigrun.executions().list(trigrun.executions().query()).items()).isEmpty();
  }

  @Test
  void jobs_of_the_same_name_do_not_wait_for_each_other() {
    Workspace[] both = {acme, globex};
    for (Workspace each : both) {
      Job job = each.jobs().create(job().maxConcurrentExecutions(1).build());
      for (int i = 0; i < 2; i++) {
        assertThat(each.jobs().runNow(job.id())).isNotNull();
      }
    }
    assertThat(driver(trigrun).runDue()).isEqualTo(4);
    assertThat(seen).hasSize(4);
  }

  @Test
  void a_trigrun_is_the_default_workspace() {
    Job job = trigrun.jobs().create(job().build());
    UUID id = trigrun.enqueue(work("1")).executionId();
    Workspace same = trigrun.workspace(TrigRun.DEFAULT_WORKSPACE);

    assertThat(trigrun.name()).isEqualTo("default").isEqualTo(same.name());
    assertThat(same.jobs().find(job.id())).contains(job);
    assertThat(same.executions().find(id)).isPresent();
    assertThat(acme.name()).isEqualTo("acme");
    assertThat(acme).hasToString("Workspace[acme]");
    assertThat(contents(acme)).isEqualTo(NOTHING);
  }

  @Test
  void case_matters() {
    Job job = acme.jobs().create(job().build());
    assertThat(trigrun.workspace("Acme").jobs().find(job.id())).isEmpty();
    assertThat(trigrun.workspace("Acme").jobs().findByName("sync")).isEmpty();
    assertThat(trigrun.workspace("Acme").jobs().create(job().build()).workspace())
        .isEqualTo("Acme");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "0",
        "-",
        "_",
        "Acme-GmbH_42",
        "0123456789012345678901234567890123456789012345678901234567890123"
      })
  void a_name_is_letters_digits_dashes_and_underscores(String name) {
    assertThat(trigrun.workspace(name).jobs().create(job().build()).workspace()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a.b",
        "a/b",
        "*",
        "acme\n",
        "äcme",
        "０",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void any_other_name_is_refused(String name) {
    assertThatThrownBy(() -> trigrun.workspace(name))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            "workspace: expected 1 to 64 letters, digits, dashes and underscores, got " + name);
  }
}
