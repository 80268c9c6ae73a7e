package io.trigrun.schedule;

import com.cronutils.model.field.CronFieldName;
import java.util.List;

/** The five fields in their order, with what each may hold. */
enum CronField {
  MINUTE(0, CronFieldName.MINUTE, 0, 59, "a minute from 0 to 59", List.of()),
  HOUR(1, CronFieldName.HOUR, 0, 23, "an hour from 0 to 23", List.of()),
  DAY_OF_MONTH(2, CronFieldName.DAY_OF_MONTH, 1, 31, "a day of the month from 1 to 31", List.of()),
  MONTH(
      3,
      CronFieldName.MONTH,
      1,
      12,
      "a month from 1 to 12 or JAN to DEC",
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
  DAY_OF_WEEK(
      4,
      CronFieldName.DAY_OF_WEEK,
      0,
      7,
      "a day of the week from 0 to 7 or SUN to SAT, 0 and 7 being Sunday",
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  /** Its place in an expression, from 0. */
  final int position;

  final CronFieldName parserName;
  final int min;
  final int max;

  /** What one value of the field is, for messages. */
  final String noun;

  /** Names in upper case; the first stands for {@link #min}. */
  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  final List<String> names;

  CronField(
      int position, CronFieldName parserName, int min, int max, String noun, List<String> names) {
    this.position = position;
    this.parserName = parserName;
    this.min = min;
    this.max = max;
    this.noun = noun;
    this.names = names;
  }

  /** The bits that every value of the field sets, Sunday as 0 only. */
  long allBits() {
    int last = this == DAY_OF_WEEK ? max - 1 : max;
    return (1L << (last + 1)) - (1L << min);
  }
}
