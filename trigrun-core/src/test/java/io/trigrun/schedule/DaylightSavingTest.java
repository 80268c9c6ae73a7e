package io.trigrun.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of docs/schedules.md. */
class DaylightSavingTest {

  @ParameterizedTest(name = "{0} in {1} after {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 2 * * *    | Europe/Berlin       | 2024-03-30T02:30+01:00 | 2024-03-31T03:00+02:00 2024-04-01T02:30+02:00
          0,30 2 * * *  | Europe/Berlin       | 2024-03-30T02:30+01:00 | 2024-03-31T03:00+02:00 2024-04-01T02:00+02:00
          0 2,3 * * *   | Europe/Berlin       | 2024-03-30T03:00+01:00 | 2024-03-31T03:00+02:00 2024-04-01T02:00+02:00
          30 2 * * *    | Europe/Berlin       | 2024-10-26T02:30+02:00 | 2024-10-27T02:30+02:00 2024-10-28T02:30+01:00
          30 * * * *    | Europe/Berlin       | 2024-03-31T00:30+01:00 | 2024-03-31T01:30+01:00 2024-03-31T03:30+02:00
          30 0-23 * * * | Europe/Berlin       | 2024-10-27T01:30+02:00 | 2024-10-27T02:30+02:00 2024-10-27T02:30+01:00 2024-10-27T03:30+01:00
          */30 2 * * *  | Europe/Berlin       | 2024-03-30T02:30+01:00 | 2024-04-01T02:00+02:00 2024-04-01T02:30+02:00
          0 */2 * * *   | Europe/Berlin       | 2024-03-31T00:00+01:00 | 2024-03-31T04:00+02:00
          0 */2 * * *   | Europe/Berlin       | 2024-10-27T00:00+02:00 | 2024-10-27T02:00+02:00 2024-10-27T02:00+01:00 2024-10-27T04:00+01:00
          0 0 * * *     | America/Sao_Paulo   | 2018-11-03T00:00-03:00 | 2018-11-04T01:00-02:00 2018-11-05T00:00-02:00
          0 0 * * *     | Asia/Beirut         | 2024-03-30T00:00+02:00 | 2024-03-31T01:00+03:00 2024-04-01T00:00+03:00
          10 2 * * *    | Australia/Lord_Howe | 2024-10-05T02:10+10:30 | 2024-10-06T02:30+11:00 2024-10-07T02:10+11:00
          45 1 * * *    | Australia/Lord_Howe | 2024-04-06T01:45+11:00 | 2024-04-07T01:45+11:00 2024-04-08T01:45+10:30
          0 9 * * *     | Pacific/Apia        | 2011-12-29T09:00-10:00 | 2011-12-31T00:00+14:00 2011-12-31T09:00+14:00
          0 9 30 12 *   | Pacific/Apia        | 2011-01-01T00:00-10:00 | 2011-12-31T00:00+14:00 2012-12-30T09:00+14:00
          0 * * * *     | Pacific/Apia        | 2011-12-29T23:00-10:00 | 2011-12-31T00:00+14:00 2011-12-31T01:00+14:00
          """)
  void fires_as_documented(String cron, String zone, String after, String firings) {
    CronSchedule schedule = Schedule.cron(cron, zone);
    List<Instant> expected =
        Arrays.stream(firings.split(" "))
            .map(text -> OffsetDateTime.parse(text).toInstant())
            .toList();
    Instant instant = OffsetDateTime.parse(after).toInstant();
    List<Instant> found = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      instant = schedule.next(instant, instant).orElseThrow();
      found.add(instant);
    }
    assertThat(found).isEqualTo(expected);
  }

  @Provide
  net.jqwik.api.Arbitrary<CronCase> crons() {
    return CronCase.any();
  }

  /** Zones whose offsets once had seconds, and days that once came twice. */
  @Property(tries = 100, seed = "18671018")
  void historic_changes_follow_the_same_rule(@ForAll("crons") CronCase cron) {
    for (Historic change : Historic.values()) {
      CronSchedule schedule = Schedule.cron(cron.text(), change.zone);
      List<Instant> found = new ArrayList<>();
      Instant end = change.walk.end();
      var next = schedule.next(change.walk.start().minusNanos(1), end);
      while (next.isPresent() && next.get().isBefore(end)) {
        found.add(next.get());
        next = schedule.next(next.get(), end);
      }
      assertThat(found).as("%s in %s", cron.text(), change).isEqualTo(change.walk.firings(cron));
    }
  }

  // A walk never changes: its array does not leave it.
  @SuppressWarnings("ImmutableEnumChecker")
  private enum Historic {
    MONROVIA("Africa/Monrovia", "1972-01-07T00:44:30Z"),
    DUBLIN("Europe/Dublin", "1916-05-21T02:25:21Z"),
    KOLKATA("Asia/Kolkata", "1905-12-31T18:38:50Z"),
    JUNEAU("America/Juneau", "1867-10-19T08:57:41Z");

    final ZoneId zone;
    final ClockWalk walk;

    Historic(String zone, String around) {
      this.zone = ZoneId.of(zone);
      Instant instant = Instant.parse(around);
      var change = this.zone.getRules().nextTransition(instant.minus(Duration.ofDays(2)));
      Duration margin = change.getDuration().abs().plusHours(2);
      this.walk =
          ClockWalk.over(
              this.zone,
              change.getInstant().minus(margin),
              change.getInstant().plus(margin),
              Duration.ofSeconds(1));
    }
  }
}
