package io.trigrun.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronSyntaxTest {

  @ParameterizedTest(name = "{0}: {1}, got {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          61 * * * *          | a minute from 0 to 59                     | 61
          * 24 * * *          | an hour from 0 to 23                      | 24
          0 0 0 * *           | a day of the month from 1 to 31           | 0
          0 0 32 * *          | a day of the month from 1 to 31           | 32
          0 0 * 13 *          | a month from 1 to 12 or JAN to DEC        | 13
          0 0 * 0 *           | a month from 1 to 12 or JAN to DEC        | 0
          0 0 * * 8           | a day of the week from 0 to 7             | 8
          0 0 * * monday      | a day of the week from 0 to 7 or SUN      | monday
          JAN 0 * * *         | a minute from 0 to 59                     | JAN
          99999999999 * * * * | a minute from 0 to 59                     | 99999999999
          5/15 * * * *        | a range before the step, for instance "5-59/15" | 5/15
          0 0 * * wed/2       | a range before the step, for instance "3-7/2"   | wed/2
          22-2 * * * *        | a range that rises (a list such as "22-59,0-2"  | 22-2
          0 0 * * fri-mon     | a range that rises (a list such as "5-7,0-1"    | fri-mon
          */0 * * * *         | a step from 1 to 59                       | 0
          */60 * * * *        | a step from 1 to 59                       | 60
          /5 * * * *          | in the form *, a, a-b, */n                | /5
          +5 * * * *          | in the form *, a, a-b, */n                | +5
          -1 * * * *          | in the form *, a, a-b, */n                | -1
          *-5 * * * *         | in the form *, a, a-b, */n                | *-5
          1/2/3 * * * *       | in the form *, a, a-b, */n                | 1/2/3
          1-2-3 * * * *       | in the form *, a, a-b, */n                | 1-2-3
          1,,2 * * * *        | in the form *, a, a-b, */n                | nothing
          1, * * * *          | in the form *, a, a-b, */n                | nothing
          ٣ * * * *           | in the form *, a, a-b, */n                | ٣
          0 0 L * *           | L, W, # and ? are not supported           | L
          0 0 L-3 * *         | L, W, # and ? are not supported           | L-3
          0 0 15W * *         | L, W, # and ? are not supported           | 15W
          0 0 ? * *           | L, W, # and ? are not supported           | ?
          0 0 * * 5#2         | L, W, # and ? are not supported           | 5#2
          0 0 * * 5L          | L, W, # and ? are not supported           | 5L
          0 0 * * FRIL        | L, W, # and ? are not supported           | FRIL
          0 0 * * * *         | five fields                               | 6 in
          0 0 * * * * 2030    | five fields                               | 7 in
          0 0 * *             | five fields                               | 4 in
          @reboot             | @hourly, @daily                           | "@reboot"
          @every 5m           | @hourly, @daily                           | "@every 5m"
          0 0 30 2 *          | a date that exists in some year           | "0 0 30 2 *"
          0 0 31 4,6,9,11 *   | a date that exists in some year           | "0 0 31 4,6,9,11 *"
          """)
  void wrong_expressions_are_refused_with_a_reason(String cron, String expected, String got) {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> Schedule.cron(cron))
        .satisfies(
            e -> {
              Problem problem = e.problems().get(0);
              assertThat(problem.field()).isEqualTo("schedule.cron");
              assertThat(problem.expected()).contains(expected);
              assertThat(problem.got()).startsWith(got);
            });
  }

  @Test
  void a_message_names_field_expectation_and_input() {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> Schedule.cron("61 * * * *"))
        .withMessageContaining(
            "schedule.cron: expected a minute from 0 to 59, got 61 in \"61 * * * *\"");
  }

  @Test
  void all_problems_are_reported_at_once() {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> Schedule.cron("61 25 * * *", "europe/berlin"))
        .satisfies(e -> assertThat(e.problems()).hasSize(3))
        .withMessageContaining(
            "schedule.timezone: expected an IANA time zone such as Europe/Berlin, got europe/berlin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Mars/Phobos", " Europe/Berlin", "+25:00", "Europe/Berlin\n"})
  void unknown_zones_are_refused(String zone) {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> Schedule.cron("0 0 * * *", zone))
        .withMessageContaining("schedule.timezone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t",
        "*",
        "* * * * |",
        "0|1 * * * *",
        "0 0 * * *||0 1 * * *",
        "@",
        "\u0000 * * * *"
      })
  void what_is_no_expression_is_refused(String cron) {
    assertThatExceptionOfType(ValidationException.class).isThrownBy(() -> Schedule.cron(cron));
  }

  @Test
  void an_endless_text_is_refused_and_not_repeated() {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> Schedule.cron("1,".repeat(10_000) + "1 * * * *"))
        .withMessageContaining("at most 256 characters, got 20009 characters");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @hourly             | 0 * * * *
          @Daily              | 0 0 * * *
          @midnight           | 0 0 * * *
          @weekly             | 0 0 * * 7
          @monthly            | 0 0 1 * *
          @yearly             | 0 0 1 JAN *
          @annually           | 0 0 1 jan *
          0 0 * * fri-sun     | 0 0 * * 0,5,6
          0 0 * * 5-7         | 0 0 * * 0,5,6
          0 0 * * sun-tue     | 0 0 * * 0,1,2
          0 0 * * SUN-sun     | 0 0 * * 0
          0 0 * * 7-7         | 0 0 * * 0
          0 0 * * */7         | 0 0 * * 0
          0 0 * * 0-7/7       | 0 0 * * 0
          0 0 * * 1-7/2       | 0 0 * * 0,1,3,5
          0 0 * * mon-fri/2   | 0 0 * * 1,3,5
          0 0 * jan-DEC/5 *   | 0 0 * 1,6,11 *
          5-59/15 * * * *     | 5,20,35,50 * * * *
          007 05 * * *        | 7 5 * * *
          """)
  void notations_mean_the_same(String notation, String plain) {
    var anchor = java.time.Instant.parse("2026-01-01T00:00:00Z");
    var next = anchor;
    for (int i = 0; i < 200; i++) {
      assertThat(Schedule.cron(notation).next(next, anchor))
          .isEqualTo(Schedule.cron(plain).next(next, anchor));
      next = Schedule.cron(plain).next(next, anchor).orElseThrow();
    }
  }

  @Test
  void spacing_is_no_difference() {
    CronSchedule schedule = Schedule.cron(" 0\t 9  * * 1-5\n", "Europe/Berlin");
    assertThat(schedule)
        .isEqualTo(Schedule.cron("0 9 * * 1-5", ZoneId.of("Europe/Berlin")))
        .hasSameHashCodeAs(Schedule.cron("0 9 * * 1-5", ZoneId.of("Europe/Berlin")))
        .isNotEqualTo(Schedule.cron("0 9 * * 1-5"))
        .hasToString("CronSchedule[0 9 * * 1-5, Europe/Berlin]");
    assertThat(schedule.expression()).isEqualTo("0 9 * * 1-5");
  }
}
