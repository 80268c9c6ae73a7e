package io.trigrun.examples.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "import",
    description = "Makes jobs of a crontab, all of its lines or none.",
    footer = {
      "%nExamples:",
      "  crontab -l | ${ROOT-COMMAND-NAME} import -",
      "  ${ROOT-COMMAND-NAME} import /var/spool/cron/crontabs/shop --timezone Europe/Zurich",
      "%nThe same crontab a second time changes nothing. Jobs of lines that are gone stay."
    })
final class ImportCommand implements Runnable {

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("LINE", "line"),
          Column.of("RESULT", "result"),
          Column.of("JOB", "job"),
          Column.of("NOTE", "note"));

  private final Session session;

  @Parameters(paramLabel = "FILE", description = "What crontab -l says; - is standard input.")
  private @Nullable Path file;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "Of the machine it is from, where no CRON_TZ says it. UTC without it.")
  private Optional<String> timezone = Optional.empty();

  ImportCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    String name = String.valueOf(file);
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      throw Failure.usage(
          "expected what crontab -l says, got a schedule file maybe: the server applies that at its"
              + " start, trigrun-server --schedule-file "
              + name);
    }
    String crontab = session.input().text(name);
    ObjectNode body = Json.object().put("crontab", crontab);
    timezone.ifPresent(zone -> body.put("timezone", zone));
    Reply reply = session.api().create(ApiPath.of("jobs", "import"), body);
    if (session.asJson()) {
      session.output().json(reply.body());
    } else {
      session.output().table(new Table(COLUMNS, rows(crontab, reply.json())));
    }
  }

  /** One for each line that is no comment. Its text stays out: it may hold a password. */
  private static List<JsonNode> rows(String crontab, JsonNode answer) {
    Map<Integer, JsonNode> jobs = byLine(answer.path("items"));
    Map<Integer, JsonNode> notes = byLine(answer.path("notes"));
    List<JsonNode> rows = new ArrayList<>();
    List<String> lines = crontab.lines().toList();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        rows.add(row(number, jobs.get(number), notes.get(number)));
      }
    }
    return rows;
  }

  private static Map<Integer, JsonNode> byLine(JsonNode things) {
    Map<Integer, JsonNode> byLine = new HashMap<>();
    things.forEach(each -> byLine.put(each.path("line").asInt(0), each));
    return byLine;
  }

  private static JsonNode row(int line, @Nullable JsonNode made, @Nullable JsonNode note) {
    ObjectNode row = Json.object().put("line", line);
    row.put("result", made == null ? "setting" : Values.of(made.path("change")));
    if (made != null) {
      JsonNode job = made.path("job");
      row.put("job", Values.of(job.isObject() ? job.path("name") : job));
    }
    if (note != null) {
      row.put("note", Values.of(note.has("message") ? note.path("message") : note.path("text")));
    }
    return row;
  }
}
