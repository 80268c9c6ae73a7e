package io.trigrun.examples.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "jobs", description = "What runs, and when.")
final class JobCommands {

  private static final String JOBS = "jobs";
  private static final String ID = "As jobs list shows it.";
  private static final List<Column> COLUMNS =
      List.of(
          Column.id("ID", "id"),
          Column.of("NAME", "name"),
          Column.of("STATE", row -> Values.of(state(row))),
          Column.of("SCHEDULE", JobCommands::schedule),
          Column.instant("NEXT RUN", "next_run_at"));

  private final Session session;

  JobCommands(Session session) {
    this.session = session;
  }

  @Command(description = "Lists jobs.")
  void list(@Mixin Paging paging) {
    session.list(ApiPath.of(JOBS), paging.limit(), COLUMNS);
  }

  @Command(description = "Shows a job.")
  void get(@Parameters(paramLabel = "JOB_ID", description = ID) String id) {
    session.show(session.api().get(ApiPath.of(JOBS, id)));
  }

  @Command(
      description = "Creates a job that sends a request, or any job from a file.",
      customSynopsis = {
        "${COMMAND-FULL-NAME} --name=NAME WHEN --url=URL [OPTIONS]",
        "       ${COMMAND-FULL-NAME} --file=FILE"
      },
      footer = {
        "%nExamples:",
        "  ${ROOT-COMMAND-NAME} jobs create --name health --every 5m --url https://example.com/up",
        "  ${ROOT-COMMAND-NAME} jobs create --name report \\",
        "      --cron '0 6 * * 1-5' --timezone Europe/Zurich \\",
        "      --url https://example.com/report --method POST --body '{\"pages\": 2}' \\",
        "      --header 'Authorization: Bearer secret://report-token'",
        "  ${ROOT-COMMAND-NAME} jobs create --file job.json",
        "%nPut tokens into secrets (${ROOT-COMMAND-NAME} secrets create) and write secret://NAME into headers."
      })
  void create(@Mixin JobDraft draft) {
    session.show(session.api().post(ApiPath.of(JOBS), draft.json(session.input())));
  }

  @Command(description = "Lets the schedule rest; runs that have started go on.")
  void pause(@Parameters(paramLabel = "JOB_ID", description = ID) String id) {
    Reply job = session.api().post(ApiPath.of(JOBS, id, "pause"));
    session.tell(job, "Paused " + name(job) + ".");
  }

  @Command(description = "Lets the schedule go on, from now.")
  void resume(@Parameters(paramLabel = "JOB_ID", description = ID) String id) {
    Reply job = session.api().post(ApiPath.of(JOBS, id, "resume"));
    session.tell(
        job,
        "Resumed " + name(job) + ", next run " + Values.of(job.json().path("next_run_at")) + ".");
  }

  @Command(name = "run-now", description = "Runs a job at once, beside its schedule.")
  void runNow(@Parameters(paramLabel = "JOB_ID", description = ID) String id) {
    Reply execution = session.api().post(ApiPath.of(JOBS, id, "run-now"));
    session.tell(execution, "Execution " + Values.of(execution.json().path("id")) + " is queued.");
  }

  @Command(description = "Deletes a job.")
  void delete(@Parameters(paramLabel = "JOB_ID", description = ID) String id) {
    session.tell(session.api().delete(ApiPath.of(JOBS, id)), "Deleted job " + id + ".");
  }

  private static String name(Reply job) {
    return Values.of(job.json().path("name"));
  }

  private static JsonNode state(JsonNode job) {
    return job.has("state") ? job.path("state") : job.path("status");
  }

  private static String schedule(JsonNode job) {
    JsonNode schedule = job.path("schedule");
    String zone = Values.of(schedule.path("timezone"));
    if (schedule.path("cron").isString()) {
      boolean utc = zone.equals("-") || zone.equals("UTC");
      return schedule.path("cron").stringValue() + (utc ? "" : " " + zone);
    }
    if (schedule.path("every_n_minutes").isNumber()) {
      return "every " + schedule.path("every_n_minutes") + " min";
    }
    if (schedule.path("interval").isString()) {
      return "every " + schedule.path("interval").stringValue();
    }
    return Values.of(schedule.has("run_at") ? schedule.path("run_at") : job.path("kind"));
  }
}
