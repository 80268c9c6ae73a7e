package io.trigrun.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one field as text, before the parser sees it: refuses what the parser would misread or
 * explain badly, and turns names into numbers. The parser gets plain {@code *}, numbers, ranges and
 * steps.
 */
final class CronFieldText {
  private static final Pattern ITEM =
      Pattern.compile("(\\*|[0-9a-zA-Z]+)(?:-([0-9a-zA-Z]+))?(?:/([0-9a-zA-Z]+))?");
  private static final Pattern NUMBER = Pattern.compile("0*([0-9]{1,3})");

  /** Letters and signs that other cron dialects give a meaning, as in 15W, LW, L-3, 5L, FRI#2. */
  private static final Pattern FOREIGN =
      Pattern.compile("\\?|L(-[0-9]+)?|LW|WL|[0-9]+[LW]|[A-Z]{3}L|[0-9A-Z]+#[0-9A-Z]*");

  private final CronField field;

  /** Takes what was expected and what came instead. */
  private final BiConsumer<String, String> problem;

  CronFieldText(CronField field, BiConsumer<String, String> problem) {
    this.field = field;
    this.problem = problem;
  }

  /** The field in plain numbers; empty when a problem was reported. */
  Optional<String> plain(String text) {
    List<String> plain = new ArrayList<>();
    boolean ok = true;
    for (String item : text.split(",", -1)) {
      Optional<String> read = item(item);
      ok &= read.isPresent();
      read.ifPresent(plain::add);
    }
    return ok ? Optional.of(String.join(",", plain)) : Optional.empty();
  }

  private Optional<String> item(String item) {
    if (FOREIGN.matcher(item.toUpperCase(Locale.ROOT)).matches()) {
      return refuse(field.noun + "; L, W, # and ? are not supported (for \"?\" write \"*\")", item);
    }
    Matcher parts = ITEM.matcher(item);
    if (!parts.matches() || (parts.group(1).equals("*") && parts.group(2) != null)) {
      return refuse(field.noun + ", in the form *, a, a-b, */n, a-b/n or a list of these", item);
    }
    Optional<String> values = values(parts.group(1), Optional.ofNullable(parts.group(2)));
    Optional<String> step = Optional.ofNullable(parts.group(3));
    if (values.isEmpty() || step.isEmpty()) {
      return values;
    }
    if (!values.get().equals("*") && !values.get().contains("-")) {
      // Vixie cron ignores the step, others run it to the field's end: nobody can tell what is
      // meant.
      String open = values.get() + "-" + field.max + "/" + step.get();
      return refuse("a range before the step, for instance \"" + open + "\"", item);
    }
    return step(step.get()).map(n -> values.get() + "/" + n);
  }

  private Optional<String> values(String from, Optional<String> to) {
    if (from.equals("*")) {
      return Optional.of(from);
    }
    Optional<Integer> first = value(from);
    if (to.isEmpty()) {
      return first.map(String::valueOf);
    }
    Optional<Integer> last = value(to.get());
    if (first.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    int low = first.get();
    boolean toSunday = to.get().equalsIgnoreCase("SUN") && low > 0;
    int high = toSunday ? field.max : last.get();
    if (low > high) {
      return refuse(
          "a range that rises (a list such as \"%d-%d,%d-%d\" goes around)"
              .formatted(low, field.max, field.min, high),
          from + "-" + to.get());
    }
    return Optional.of(low + "-" + high);
  }

  private Optional<Integer> value(String text) {
    int name = field.names.indexOf(text.toUpperCase(Locale.ROOT));
    Optional<Integer> value = name >= 0 ? Optional.of(field.min + name) : number(text);
    if (value.filter(n -> n >= field.min && n <= field.max).isEmpty()) {
      return refuse(field.noun, text);
    }
    return value;
  }

  private Optional<Integer> step(String text) {
    Optional<Integer> step = number(text).filter(n -> n >= 1 && n <= field.max);
    return step.isPresent() ? step : refuse("a step from 1 to " + field.max, text);
  }

  private static Optional<Integer> number(String text) {
    Matcher digits = NUMBER.matcher(text);
    return digits.matches() ? Optional.of(Integer.valueOf(digits.group(1))) : Optional.empty();
  }

  private <T> Optional<T> refuse(String expected, String got) {
    problem.accept(expected, got);
    return Optional.empty();
  }
}
