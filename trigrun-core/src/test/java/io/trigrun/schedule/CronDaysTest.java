package io.trigrun.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronDaysTest {

  @ParameterizedTest(name = "{0} after {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0 13 * 5     | 2024-01-01 | 2024-01-05 2024-01-12 2024-01-13 2024-01-19
          0 0 13 * *     | 2024-01-01 | 2024-01-13 2024-02-13
          0 0 * * 5      | 2024-01-01 | 2024-01-05 2024-01-12
          0 0 */2 * 1    | 2024-01-01 | 2024-01-15 2024-01-29 2024-02-05
          0 0 1 * */2    | 2024-01-01 | 2024-02-01 2024-06-01 2024-08-01 2024-09-01
          0 0 1-31 * 1   | 2024-01-01 | 2024-01-02 2024-01-03 2024-01-04
          0 0 31 * *     | 2024-01-31 | 2024-03-31 2024-05-31
          0 0 29 2 *     | 2096-03-01 | 2104-02-29 2108-02-29
          0 0 29 2 */7   | 2088-03-01 | 2128-02-29 2156-02-29
          0 0 30 2 1     | 2024-01-31 | 2024-02-05 2024-02-12
          0 0 1 1 *      | 2024-01-01 | 2025-01-01 2026-01-01
          """)
  void days_match_as_in_vixie_cron(String cron, String after, String days) {
    CronSchedule schedule = Schedule.cron(cron);
    Instant instant = midnight(after);
    List<Instant> found = new ArrayList<>();
    String[] expected = days.split(" ");
    for (String ignored : expected) {
      instant = schedule.next(instant, instant).orElseThrow();
      found.add(instant);
    }
    assertThat(found)
        .containsExactly(
            List.of(expected).stream().map(CronDaysTest::midnight).toArray(Instant[]::new));
  }

  @Test
  void firings_end_with_the_year_9999() {
    CronSchedule daily = Schedule.cron("0 0 * * *", "Pacific/Kiritimati");
    assertThat(daily.next(midnight("9999-12-31"), Instant.MIN))
        .isEqualTo(instant("9999-12-31T10:00:00Z"));
    assertThat(daily.next(Instant.parse("9999-12-31T10:00:00Z"), Instant.MIN)).isEmpty();
    assertThat(daily.next(Instant.MAX, Instant.MIN)).isEmpty();
    assertThat(Schedule.cron("0 0 29 2 *").next(midnight("9997-01-01"), Instant.MIN)).isEmpty();
  }

  @Test
  void firings_begin_with_the_year_1() {
    CronSchedule yearly = Schedule.cron("@yearly");
    assertThat(yearly.next(Instant.MIN, Instant.MIN)).isEqualTo(instant("0001-01-01T00:00:00Z"));
    assertThat(yearly.latest(Horizon.FIRST)).isEqualTo(instant("0001-01-01T00:00:00Z"));
    assertThat(Schedule.cron("@yearly", "Asia/Tokyo").latest(Horizon.FIRST)).isEmpty();
    assertThat(yearly.latest(Instant.MIN)).isEmpty();
    assertThat(yearly.latest(Instant.MAX)).isEqualTo(instant("9999-01-01T00:00:00Z"));
  }

  private static java.util.Optional<Instant> instant(String text) {
    return java.util.Optional.of(Instant.parse(text));
  }

  private static Instant midnight(String day) {
    return Instant.parse(day + "T00:00:00Z");
  }
}
