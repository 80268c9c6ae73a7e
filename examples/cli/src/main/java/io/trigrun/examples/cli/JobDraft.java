package io.trigrun.examples.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A job to be: from a file, or put together from options. */
final class JobDraft {

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The job as JSON; - is standard input. Goes with no other option.")
  private @Nullable Path file;

  @Option(names = "--name", paramLabel = "NAME", description = "Unique.")
  private Optional<String> name = Optional.empty();

  @ArgGroup(heading = "%nWhen, one of:%n")
  private @Nullable When when;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "Of --cron, Europe/Zurich for example. UTC without it.")
  private Optional<String> timezone = Optional.empty();

  @ArgGroup(heading = "%nWhat is sent:%n", exclusive = false)
  private RequestOptions request = new RequestOptions();

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      description = "The first one included; 3 if left out.")
  private Optional<Integer> maxAttempts = Optional.empty();

  /** One of them. */
  static final class When {

    @Option(
        names = "--cron",
        paramLabel = "EXPRESSION",
        description = "Five fields: '0 6 * * 1-5'.")
    private Optional<String> cron = Optional.empty();

    @Option(
        names = "--every",
        paramLabel = "SPAN",
        description = "1m to 1d, in whole minutes: 15m, 1h30m.")
    private Optional<Duration> every = Optional.empty();

    @Option(names = "--at", paramLabel = "INSTANT", description = "Once: 2030-01-31T03:00:00Z.")
    private Optional<String> at = Optional.empty();

    @Option(names = "--now", description = "Once, at once.")
    private boolean now;
  }

  /** Of a job to be. */
  JsonNode json(Input input) {
    return file(input).orElseGet(() -> made(input));
  }

  /** Of what is to be another in a job that is there. */
  JsonNode change(Input input) {
    JsonNode change = file(input).orElseGet(() -> given(input));
    if (change.isEmpty()) {
      throw Failure.usage("expected an option that says what to change, or --file");
    }
    return change;
  }

  private Optional<JsonNode> file(Input input) {
    boolean made = name.isPresent() || when != null || request.isGiven();
    Path given = file;
    if (given != null && (made || timezone.isPresent() || maxAttempts.isPresent())) {
      throw Failure.usage("--file: expected it alone, got other options, too");
    }
    return Optional.ofNullable(given).map(path -> read(input, path.toString()));
  }

  private static JsonNode read(Input input, String file) {
    try {
      return Json.read(input.text(file));
    } catch (JacksonException e) {
      String where =
          e.getLocation() == null
              ? ""
              : ", line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      throw Failure.usage(file + ": expected JSON" + where + ": " + e.getOriginalMessage());
    }
  }

  private ObjectNode made(Input input) {
    When due = when;
    if (name.isEmpty() || due == null || !request.hasUrl()) {
      throw Failure.usage(
          "expected --name, --url and one of --cron, --every, --at, --now; or --file");
    }
    return given(input);
  }

  private ObjectNode given(Input input) {
    ObjectNode job = Json.object();
    name.ifPresent(text -> job.put("name", text));
    When due = when;
    if (due != null) {
      job.put("kind", kind(due));
    }
    ObjectNode schedule = schedule(due);
    if (!schedule.isEmpty()) {
      job.set("schedule", schedule);
    }
    if (request.isGiven()) {
      job.set("request", request.json(input));
    }
    maxAttempts.ifPresent(n -> job.putObject("retry_policy").put("max_attempts", n));
    return job;
  }

  private static String kind(When due) {
    if (due.cron.isPresent()) {
      return "cron";
    }
    if (due.every.isPresent()) {
      return "recurring";
    }
    return due.now ? "one_time" : "scheduled";
  }

  private ObjectNode schedule(@Nullable When due) {
    ObjectNode schedule = Json.object();
    if (due != null) {
      due.cron.ifPresent(cron -> schedule.put("cron", cron));
      due.every.ifPresent(every -> schedule.put("every_n_minutes", minutes(every)));
      due.at.ifPresent(at -> schedule.put("run_at", at));
    }
    timezone.ifPresent(zone -> schedule.put("timezone", zone));
    return schedule;
  }

  private static long minutes(Duration every) {
    if (every.isZero() || every.toSeconds() % 60 != 0) {
      throw Failure.usage("--every: expected whole minutes, got " + Span.words(every));
    }
    return every.toMinutes();
  }
}
