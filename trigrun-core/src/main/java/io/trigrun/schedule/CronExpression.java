package io.trigrun.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import io.trigrun.validation.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A cron expression that was read: cron-utils parses and validates the fields, guarded by {@link
 * CronFieldText}; what the fields mean together is decided here.
 *
 * @param text the expression as given, with single spaces
 * @param wild whether the minute or the hour field is a wildcard, see {@link CronSchedule}
 */
record CronExpression(String text, CronCalendar calendar, boolean wild) {
  static final String FIELD = "schedule.cron";
  private static final int LONGEST = 256;
  private static final int LONGEST_SHOWN = 80;

  /**
   * As the parser's own UNIX definition, but for its mapping of 7 to 0, which also turns a step of
   * 7 into 0.
   */
  private static final CronParser PARSER =
      new CronParser(
          CronDefinitionBuilder.defineCron()
              .withMinutes()
              .withStrictRange()
              .and()
              .withHours()
              .withStrictRange()
              .and()
              .withDayOfMonth()
              .withStrictRange()
              .and()
              .withMonth()
              .withStrictRange()
              .and()
              .withDayOfWeek()
              .withValidRange(0, 7)
              .withMondayDoWValue(1)
              .withStrictRange()
              .and()
              .instance());

  private static final Map<String, String> MACROS =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  /** Reads an expression; empty when problems were added. */
  static Optional<CronExpression> parse(String given, Problems problems) {
    if (given.length() > LONGEST) {
      problems.add(FIELD, "at most 256 characters", given.length() + " characters");
      return Optional.empty();
    }
    String text = given.strip().replaceAll("[ \t]+", " ");
    return expand(text, problems)
        .flatMap(fields -> plain(fields, problems))
        .flatMap(plain -> compile(text, plain, problems));
  }

  private static Optional<String> expand(String text, Problems problems) {
    if (!text.startsWith("@")) {
      return Optional.of(text);
    }
    String macro = text.toLowerCase(Locale.ROOT);
    if (!MACROS.containsKey(macro)) {
      String known = "@hourly, @daily, @midnight, @weekly, @monthly, @yearly or @annually";
      String hint = macro.equals("@reboot") ? "; a start of the host is not a time" : "";
      problems.add(FIELD, known + hint, quoted(text));
    }
    return Optional.ofNullable(MACROS.get(macro));
  }

  private static Optional<String> plain(String text, Problems problems) {
    String[] fields = text.split(" ", -1);
    CronField[] kinds = CronField.values();
    if (text.isEmpty() || fields.length != kinds.length) {
      problems.add(
          FIELD,
          "five fields (minute, hour, day of month, month, day of week; no seconds, no year)",
          text.isEmpty() ? "none" : fields.length + " in " + quoted(text));
      return Optional.empty();
    }
    List<String> plain = new ArrayList<>();
    for (CronField kind : kinds) {
      CronFieldText reader =
          new CronFieldText(
              kind,
              (expected, got) -> problems.add(FIELD, expected, shown(got) + " in " + quoted(text)));
      reader.plain(fields[kind.position]).ifPresent(plain::add);
    }
    return plain.size() == kinds.length ? Optional.of(String.join(" ", plain)) : Optional.empty();
  }

  private static Optional<CronExpression> compile(String text, String plain, Problems problems) {
    Cron cron;
    try {
      cron = PARSER.parse(plain).validate();
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      // Nothing known gets here, but the last word on syntax is the parser's.
      problems.add(FIELD, "a five-field cron expression (" + e.getMessage() + ")", quoted(text));
      return Optional.empty();
    }
    var parsed = cron.retrieveFieldsAsMap();
    long[] bits = new long[CronField.values().length];
    for (CronField kind : CronField.values()) {
      var field = Objects.requireNonNull(parsed.get(kind.parserName));
      bits[kind.position] = CronFieldBits.of(kind, field.getExpression());
    }
    String[] fields = plain.split(" ", -1);
    CronCalendar calendar =
        new CronCalendar(
            bits[CronField.MINUTE.position],
            (int) bits[CronField.HOUR.position],
            (int) bits[CronField.DAY_OF_MONTH.position],
            (int) bits[CronField.MONTH.position],
            (int) bits[CronField.DAY_OF_WEEK.position],
            !isStar(fields, CronField.DAY_OF_MONTH) && !isStar(fields, CronField.DAY_OF_WEEK));
    if (!calendar.everMatches()) {
      problems.add(FIELD, "a date that exists in some year", quoted(text));
      return Optional.empty();
    }
    boolean wild = isWild(fields, bits, CronField.MINUTE) || isWild(fields, bits, CronField.HOUR);
    return Optional.of(new CronExpression(text, calendar, wild));
  }

  private static boolean isWild(String[] fields, long[] bits, CronField kind) {
    return isStar(fields, kind) || bits[kind.position] == kind.allBits();
  }

  /** Vixie's notion of an unrestricted field goes by its first character. */
  private static boolean isStar(String[] fields, CronField kind) {
    return fields[kind.position].startsWith("*");
  }

  private static String quoted(String text) {
    return '"' + shown(text) + '"';
  }

  private static String shown(String text) {
    if (text.isEmpty()) {
      return "nothing";
    }
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
  }
}
