package io.trigrun.crontab;

import io.trigrun.JobSpec;
import io.trigrun.command.CommandAction;
import io.trigrun.schedule.Schedule;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes through the lines: a setting holds for the lines below it. */
final class CrontabReader {

  private static final int LONGEST = 1 << 20;
  private static final String LINE = "line";

  /** Five fields or a word that stands for them, then the command. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?<schedule>@\\S+|\\S+(?:[ \\t]+\\S+){4})(?:[ \\t]+(?<command>.*))?", Pattern.DOTALL);

  /** These cron sets itself, whatever the crontab says. */
  private static final Set<String> CRONS_OWN = Set.of("LOGNAME", "USER");

  private static final Set<String> MAIL = Set.of("MAILTO", "MAILFROM");

  private final List<CrontabEntry> entries = new ArrayList<>();
  private final List<CrontabProblem> problems = new ArrayList<>();
  private final List<CrontabNote> notes = new ArrayList<>();
  private final JobNames names = new JobNames();
  private final Map<String, Integer> seen = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private ZoneId zone;

  CrontabReader(ZoneId zone) {
    this.zone = zone;
  }

  Crontab read(String text) {
    if (text.length() > LONGEST) {
      problem(1, "crontab", "at most 1,048,576 characters", text.length() + " characters");
    } else {
      String[] lines = text.replaceFirst("^\uFEFF", "").split("\r?\n", -1);
      for (int i = 0; i < lines.length; i++) {
        line(i + 1, lines[i].replaceFirst("^[ \t]+", ""));
      }
    }
    return new Crontab(entries, problems, notes);
  }

  private void line(int number, String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    try {
      Optional<CrontabSetting> setting = CrontabSetting.read(line);
      if (setting.isPresent()) {
        set(number, setting.get());
      } else {
        entry(number, line);
      }
    } catch (ValidationException e) {
      e.problems().forEach(problem -> problems.add(new CrontabProblem(number, problem)));
    }
  }

  private void set(int number, CrontabSetting setting) {
    String name = setting.name();
    if (name.equals("CRON_TZ")) {
      zone = readZone(number, setting.value());
      return;
    }
    if (CRONS_OWN.contains(name)) {
      note(number, name + " is what the user of the node's process has: cron, too, sets it itself");
      return;
    }
    if (MAIL.contains(name)) {
      note(
          number,
          name
              + " sends no mail here: what a command writes is kept with its attempt, and rules of"
              + " notifications say who hears of it");
    }
    if (name.equals("TZ")) {
      note(number, "TZ is handed to the commands; it is CRON_TZ that schedules go by, as in cron");
    }
    if (name.equals("SHELL") && !setting.value().startsWith("/")) {
      problem(number, "SHELL", "the absolute path of a shell", shown(setting.value()));
      return;
    }
    // Refuses what no command may have.
    CommandAction.Builder ignored = CommandAction.of("command").environment(name, setting.value());
    environment.put(name, setting.value());
  }

  private ZoneId readZone(int number, String value) {
    try {
      return ZoneId.of(value);
    } catch (DateTimeException e) {
      problem(number, "CRON_TZ", "a time zone such as Europe/Zurich", shown(value));
      return zone;
    }
  }

  private void entry(int number, String line) {
    Matcher parts = ENTRY.matcher(line);
    if (!parts.matches()) {
      problem(
          number,
          LINE,
          "NAME=value, or five fields (minute, hour, day of month, month, day of week) and a command",
          shown(line.strip().split("[ \t]", 2)[0]) + " and too little after it");
      return;
    }
    String expression = parts.group("schedule");
    if (expression.toLowerCase(Locale.ROOT).equals("@reboot")) {
      problem(
          number,
          "schedule.cron",
          "a time: a start of the machine is none, and this scheduler may start at another one or on"
              + " many nodes; run the command when your application starts, or give it a schedule",
          expression);
      return;
    }
    List<Problem> wrong = new ArrayList<>();
    Optional<Schedule> schedule = attempt(wrong, () -> Schedule.cron(expression, zone));
    String written = Optional.ofNullable(parts.group("command")).orElse("");
    if (written.isBlank()) {
      wrong.add(new Problem("command", "a command after the schedule", "nothing"));
    } else if (written.matches("root[ \\t]+\\S(?s:.*)")) {
      wrong.add(
          new Problem(
              "command",
              "the crontab of a user: /etc/crontab and /etc/cron.d name one before the command;"
                  + " commands run as the user of this node's process, so leave the name out",
              "root"));
    } else {
      Optional<CrontabCommand> command =
          attempt(wrong, () -> CrontabCommand.of(written, environment));
      if (schedule.isPresent() && command.isPresent() && wrong.isEmpty()) {
        add(
            number,
            command.get().job(names.next(written), schedule.get()),
            zone + expression + written);
      }
    }
    wrong.forEach(problem -> problems.add(new CrontabProblem(number, problem)));
  }

  private void add(int number, JobSpec job, String text) {
    entries.add(new CrontabEntry(number, job));
    Integer before = seen.putIfAbsent(text, number);
    if (before != null) {
      note(number, "says the same as line " + before + ": it runs twice, as in cron");
    }
  }

  private interface Part<T> {
    T read();
  }

  private static <T> Optional<T> attempt(List<Problem> wrong, Part<? extends T> part) {
    try {
      return Optional.of(part.read());
    } catch (ValidationException e) {
      wrong.addAll(e.problems());
      return Optional.empty();
    }
  }

  private void problem(int line, String field, String expected, String got) {
    problems.add(new CrontabProblem(line, new Problem(field, expected, got)));
  }

  private void note(int line, String text) {
    notes.add(new CrontabNote(line, text));
  }

  private static String shown(String text) {
    String visible = text.replaceAll("\\p{Cntrl}", " ");
    int length = visible.codePointCount(0, visible.length());
    return length == 0
        ? "nothing"
        : length <= 40 ? visible : visible.substring(0, visible.offsetByCodePoints(0, 40)) + "...";
  }
}
