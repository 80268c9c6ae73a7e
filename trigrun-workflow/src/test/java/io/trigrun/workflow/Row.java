package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.TrigRunBuilder;
import io.trigrun.contract.http.CheckedRoutes;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.definition.Extract;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions;
import io.trigrun.workflow.definition.Workflow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of FEATURES.md as a host lives it, through the public API and the routes, on every store.
 * The clock is moved by hand, and nothing happens but what a story drives.
 */
abstract class Row {

  static final StepOptions PLAIN = StepOptions.none();

  /** What the notifications of the host would be told. */
  final Bulletin bulletin = new Bulletin();

  final Stage stage;

  Row(TestStore kind) {
    this(kind, UnaryOperator.identity(), UnaryOperator.identity());
  }

  Row(
      TestStore kind,
      UnaryOperator<Workflows.Builder> workflowSettings,
      UnaryOperator<TrigRunBuilder> settings) {
    stage =
        new Stage(
            kind.open(),
            workflowSettings,
            builder ->
                settings.apply(
                    builder
                        .extension(bulletin)
                        .egress(EgressPolicy.unrestricted())
                        .secrets(SecretCipher.aesGcm(KeyRing.of("k", KeyRing.generateKey())))));
  }

  @AfterEach
  void closeStage() {
    stage.close();
  }

  /** A step whose input is noted, and is its output. */
  static Step note(String id, String input) {
    return Step.handler(id, "note").input(input);
  }

  static StepOptions extracting(String name, String path) {
    return PLAIN.extract(name, Extract.of(path));
  }

  static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  /** The messages of all problems that something is refused with. */
  static List<String> problems(ThrowingCallable refused) {
    return catchThrowableOfType(ValidationException.class, refused).problems().stream()
        .map(Problem::message)
        .toList();
  }

  /** The runs of a job, the earliest first; what makes a schedule go is none. */
  List<Execution> runs(Job job) {
    return stage
        .trigrun
        .executions()
        .list(stage.trigrun.executions().query().job(job.id()).limit(100))
        .items()
        .stream()
        .filter(run -> run.handler().equals(Workflow.HANDLER))
        .sorted(Comparator.comparing(Execution::scheduledFor).thenComparing(Execution::id))
        .toList();
  }

  String message(UUID run) {
    return stage.execution(run).failure().orElseThrow().message();
  }

  /** What the wait of a step shows. */
  JsonNode waiting(UUID run, String step, int... iteration) {
    List<Integer> place = Arrays.stream(iteration).boxed().toList();
    return stage.view(run).waits().stream()
        .filter(wait -> wait.stepId().equals(step) && wait.iteration().equals(place))
        .map(wait -> json(wait.payload().text()))
        .findFirst()
        .orElseThrow();
  }

  /** The address that continues the wait of a step. */
  String resumeUrl(UUID run, String step, int... iteration) {
    return waiting(run, step, iteration).path("resume_url").stringValue();
  }

  /** Posts JSON to a job's address; headers are names and values in turn. */
  InboundResponse deliver(String token, String body, String... headers) {
    InboundRequest request =
        InboundRequest.of("POST", "/triggers/" + token)
            .withHeader("Content-Type", "application/json")
            .withBody(body.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < headers.length; i += 2) {
      request = request.withHeader(headers[i], headers[i + 1]);
    }
    return handle(request);
  }

  /** Sends a request, and lets the runs that it concerns go as far as they can. */
  InboundResponse handle(InboundRequest request) {
    InboundResponse response =
        new CheckedRoutes(stage.workflows.routes()).handle(request).orElseThrow();
    stage.driver.runDue();
    return response;
  }
}
