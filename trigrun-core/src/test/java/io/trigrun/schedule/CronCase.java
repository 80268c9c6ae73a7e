package io.trigrun.schedule;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A random expression with what it means, built together: nothing here comes from the code under
 * test, neither its parser nor its calendar.
 */
record CronCase(Field minute, Field hour, Field dayOfMonth, Field month, Field dayOfWeek) {

  /** One field's text and the values it stands for. */
  record Field(String text, Set<Integer> values) {
    boolean star() {
      return text.startsWith("*");
    }
  }

  String text() {
    return String.join(" ", minute.text, hour.text, dayOfMonth.text, month.text, dayOfWeek.text);
  }

  boolean wild() {
    return minute.star() || hour.star() || minute.values.size() == 60 || hour.values.size() == 24;
  }

  boolean matchesDay(LocalDate day) {
    boolean byDate = dayOfMonth.values.contains(day.getDayOfMonth());
    boolean byWeek = dayOfWeek.values.contains(day.getDayOfWeek().getValue() % 7);
    boolean both = dayOfMonth.star() || dayOfWeek.star();
    return month.values.contains(day.getMonthValue())
        && (both ? byDate && byWeek : byDate || byWeek);
  }

  boolean matchesTime(int hourOfDay, int minuteOfHour) {
    return hour.values.contains(hourOfDay) && minute.values.contains(minuteOfHour);
  }

  /**
   * Expressions that can fire; day fields are often open, so that many fire near a change of the
   * clock.
   */
  static Arbitrary<CronCase> any() {
    Arbitrary<Field> nightHour = field(0, 4);
    Arbitrary<Field> hour = Arbitraries.oneOf(nightHour, nightHour, field(0, 23));
    return Combinators.combine(
            field(0, 59), hour, open(field(1, 31)), open(field(1, 12)), open(field(0, 7)))
        .as((m, h, dom, mon, dow) -> new CronCase(m, h, dom, mon, sundayIsZero(dow)))
        .filter(CronCase::canFire);
  }

  private boolean canFire() {
    LocalDate day = LocalDate.of(2000, 1, 1);
    for (int i = 0; i < 366; i++) {
      if (month.values.contains(day.getMonthValue())
          && dayOfMonth.values.contains(day.getDayOfMonth())) {
        return true;
      }
      day = day.plusDays(1);
    }
    return !dayOfMonth.star() && !dayOfWeek.star();
  }

  private static Field sundayIsZero(Field field) {
    Set<Integer> folded = field.values.stream().map(n -> n % 7).collect(Collectors.toSet());
    return new Field(field.text, folded);
  }

  private static Arbitrary<Field> open(Arbitrary<Field> field) {
    Arbitrary<Field> always = Arbitraries.just(EVERY_DAY);
    return Arbitraries.oneOf(always, always, always, field);
  }

  private static final Field EVERY_DAY = new Field("*", upTo(0, 31, 1));

  private static Arbitrary<Field> field(int min, int max) {
    Arbitrary<Integer> value = Arbitraries.integers().between(min, max);
    Arbitrary<Field> single = value.map(n -> new Field("" + n, Set.of(n)));
    Arbitrary<Integer> step = Arbitraries.integers().between(1, max);
    boolean wholeField = max != 4;
    Arbitrary<Field> range =
        Combinators.combine(value, value)
            .as((a, b) -> range(Math.min(a, b), Math.max(a, b), 1, ""));
    Arbitrary<Field> stepped =
        Combinators.combine(value, value, step)
            .as((a, b, n) -> range(Math.min(a, b), Math.max(a, b), n, "/" + n));
    Arbitrary<Field> list =
        Arbitraries.oneOf(single, range, stepped)
            .list()
            .ofMinSize(2)
            .ofMaxSize(4)
            .map(CronCase::list);
    if (!wholeField) {
      return Arbitraries.oneOf(single, single, range, stepped, list);
    }
    Arbitrary<Field> star = Arbitraries.just(new Field("*", upTo(min, max, 1)));
    Arbitrary<Field> starStep = step.map(n -> new Field("*/" + n, upTo(min, max, n)));
    return Arbitraries.oneOf(single, single, range, stepped, list, star, starStep);
  }

  private static Field range(int from, int to, int step, String suffix) {
    return new Field(from + "-" + to + suffix, upTo(from, to, step));
  }

  private static Field list(List<Field> items) {
    Set<Integer> values = new HashSet<>();
    items.forEach(item -> values.addAll(item.values));
    return new Field(items.stream().map(Field::text).collect(Collectors.joining(",")), values);
  }

  private static Set<Integer> upTo(int min, int max, int step) {
    Set<Integer> values = new HashSet<>();
    for (int n = min; n <= max; n += step) {
      values.add(n);
    }
    return values;
  }
}
