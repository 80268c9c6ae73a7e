package io.trigrun.examples.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "jobs", description = "What runs, and when.")
final class JobCommands {

  private static final String ID = "As jobs list shows it.";
  private static final List<Column> COLUMNS =
      List.of(
          Column.id("ID", "id"),
          Column.of("NAME", "name"),
          Column.of("STATE", "state"),
          Column.of("SCHEDULE", JobCommands::schedule),
          Column.instant("NEXT RUN", "next_run_at"));

  private final Session session;
  private final Things jobs;

  JobCommands(Session session) {
    this.session = session;
    this.jobs = new Things(session, "job", "jobs", COLUMNS);
  }

  @Command(description = "Lists jobs.")
  void list(
      @Option(names = "--name", paramLabel = "NAME", description = "Only the one of this name.")
          Optional<String> name,
      @Mixin Paging paging) {
    jobs.list(jobs.all().with("name", name), paging);
  }

  @Command(description = "Shows a job.")
  void get(@Parameters(paramLabel = "JOB_ID", description = ID) String id) {
    jobs.show(id);
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
    jobs.create(draft.json(session.input()));
  }

  @Command(
      description = "Changes a job; what is not named stays, as do its state and its history.",
      footer = {
        "%nExamples:",
        "  ${ROOT-COMMAND-NAME} jobs update JOB_ID --every 10m",
        "  ${ROOT-COMMAND-NAME} jobs update JOB_ID --file change.json   # null takes something back"
      })
  void update(
      @Parameters(paramLabel = "JOB_ID", description = ID) String id, @Mixin JobDraft change) {
    jobs.update(id, change.change(session.input()));
  }

  @Command(description = "Lets the schedule rest; runs that have started go on.")
  void pause(@Parameters(paramLabel = "JOB_ID", description = ID) String id) {
    jobs.does("pause", id, "Paused");
  }

  @Command(description = "Lets the schedule go on, from now.")
  void resume(@Parameters(paramLabel = "JOB_ID", description = ID) String id) {
    starts("resume", id, "Resumed");
  }

  @Command(description = "Lets the schedule of a draft begin.")
  void activate(@Parameters(paramLabel = "JOB_ID", description = ID) String id) {
    starts("activate", id, "Activated");
  }

  private void starts(String verb, String id, String done) {
    Reply reply = session.api().post(jobs.one(id, verb));
    JsonNode job = reply.json();
    String next = Values.of(job.path("next_run_at"));
    session.tell(
        reply,
        done
            + " "
            + Values.of(job.path("name"))
            + (next.equals("-") ? "." : ", next run " + next + "."));
  }

  @Command(name = "run-now", description = "Runs a job at once, beside its schedule.")
  void runNow(@Parameters(paramLabel = "JOB_ID", description = ID) String id) {
    jobs.runs("run-now", id);
  }

  @Command(
      description = "Shows, or changes, the texts that runs of a job leave for later ones.",
      footer = {
        "%nExamples:",
        "  ${ROOT-COMMAND-NAME} jobs context JOB_ID",
        "  ${ROOT-COMMAND-NAME} jobs context JOB_ID --set cursor=42 --unset last_error"
      })
  void context(
      @Parameters(paramLabel = "JOB_ID", description = ID) String id,
      @Option(names = "--set", paramLabel = "KEY=TEXT", description = "As often as needed.")
          @Nullable Map<String, String> set,
      @Option(names = "--unset", paramLabel = "KEY", description = "As often as needed.")
          @Nullable List<String> unset) {
    ObjectNode change = Json.object();
    if (set != null) {
      set.forEach(change::put);
    }
    if (unset != null) {
      unset.forEach(change::putNull);
    }
    ApiPath context = jobs.one(id, "context");
    session.show(
        change.isEmpty() ? session.api().get(context) : session.api().patch(context, change));
  }

  @Command(
      name = "rotate-token",
      description = "Gives a webhook trigger another address and shows it, this once.")
  void rotateToken(
      @Parameters(paramLabel = "JOB_ID", description = ID) String id,
      @Option(
              names = "--overlap",
              paramLabel = "SPAN",
              description = "How long the old one works beside it; it ends at once without this.")
          Optional<Duration> overlap) {
    jobs.rotates(
        jobs.one(id, "rotate-token")
            .with("overlap_seconds", overlap.map(span -> String.valueOf(span.toSeconds()))));
  }

  @Command(description = "Deletes a job.")
  void delete(@Parameters(paramLabel = "JOB_ID", description = ID) String id) {
    jobs.delete(id);
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
