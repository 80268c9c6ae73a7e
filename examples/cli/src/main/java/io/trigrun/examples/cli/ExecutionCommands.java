package io.trigrun.examples.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "executions", description = "Runs of jobs, and how they went.")
final class ExecutionCommands {

  private static final String ID = "As executions list shows it.";
  private static final List<Column> COLUMNS =
      List.of(
          Column.id("ID", "id"),
          Column.of("STATUS", "status"),
          Column.of("JOB", row -> job(row)),
          Column.instant("SCHEDULED FOR", "scheduled_for"),
          Column.of("TOOK", row -> took(row)));

  private final Session session;
  private final Things executions;

  ExecutionCommands(Session session) {
    this.session = session;
    this.executions = new Things(session, "execution", "executions", COLUMNS);
  }

  @Command(description = "Lists executions, newest first.")
  void list(
      @Option(names = "--job", paramLabel = "JOB_ID", description = "Only its own.")
          Optional<String> job,
      @Option(
              names = "--status",
              paramLabel = "STATUS",
              completionCandidates = Statuses.OfExecution.class,
              description = "Only these: ${COMPLETION-CANDIDATES}.")
          Optional<String> status,
      @Mixin Paging paging) {
    executions.list(executions.all().with("job_id", job).with("status", status), paging);
  }

  @Command(description = "Shows an execution with its attempts and steps.")
  void get(@Parameters(paramLabel = "EXECUTION_ID", description = ID) String id) {
    executions.show(id);
  }

  @Command(description = "Runs it again, as an execution of its own.")
  void replay(@Parameters(paramLabel = "EXECUTION_ID", description = ID) String id) {
    executions.runs("replay", id);
  }

  @Command(description = "Lets a workflow that has failed go on from the steps that failed.")
  void retry(@Parameters(paramLabel = "EXECUTION_ID", description = ID) String id) {
    session.tell(
        session.api().create(executions.one(id, "retry")),
        "Execution " + id + " goes on from the steps that failed.");
  }

  @Command(description = "Takes back an execution that has not ended.")
  void cancel(@Parameters(paramLabel = "EXECUTION_ID", description = ID) String id) {
    session.tell(
        session.api().post(executions.one(id, "cancel")), "Cancelled execution " + id + ".");
  }

  @Command(description = "Lists the deliveries about an execution, callbacks included.")
  void notifications(
      @Parameters(paramLabel = "EXECUTION_ID", description = ID) String id, @Mixin Paging paging) {
    session.list(executions.one(id, "notifications"), paging.limit(), DeliveryCommands.COLUMNS);
  }

  @Command(
      description = "Shows how far an execution is, until it ends.",
      footer = "%nThe exit code is 0 if it succeeded, 5 if it failed or was cancelled.")
  int watch(
      @Parameters(paramLabel = "EXECUTION_ID", description = ID) String id,
      @Option(
              names = "--at-most",
              paramLabel = "SPAN",
              description = "Ends with exit code 3 if it takes longer: 10m.")
          Optional<Duration> atMost) {
    return new Watch(session, executions.one(id), atMost).untilEnd();
  }

  private static String job(JsonNode row) {
    return Values.of(row.has("job_name") ? row.path("job_name") : row.path("job_id"));
  }

  private static String took(JsonNode row) {
    try {
      Instant start = Instant.parse(row.path("started_at").asString(""));
      Instant end = Instant.parse(row.path("finished_at").asString(""));
      return Span.words(Duration.between(start, end));
    } catch (DateTimeParseException e) { // has not started or not ended
      return "-";
    }
  }
}
