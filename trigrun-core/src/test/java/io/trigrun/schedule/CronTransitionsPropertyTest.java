package io.trigrun.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Cron against the oracle, around every change of the clock from 1990 to 2040 in zones of all
 * sorts.
 */
class CronTransitionsPropertyTest {
  private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2041-01-01T00:00:00Z");
  private static final Duration AROUND = Duration.ofHours(2);
  private static final Instant ANCHOR = FIRST;

  /**
   * For time's sake an expression sees every 23rd change (some hundred, in all zones) and each
   * change some forty of the expressions.
   */
  private static final int STRIDE = 23;

  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "Europe/London",
          "Europe/Dublin",
          "Europe/Lisbon",
          "Europe/Istanbul",
          "Europe/Moscow",
          "Europe/Kyiv",
          "Europe/Chisinau",
          "America/New_York",
          "America/Chicago",
          "America/Denver",
          "America/Los_Angeles",
          "America/Anchorage",
          "America/St_Johns",
          "America/Sao_Paulo",
          "America/Santiago",
          "America/Asuncion",
          "America/Havana",
          "America/Caracas",
          "America/Nuuk",
          "America/Scoresbysund",
          "Atlantic/Azores",
          "Africa/Cairo",
          "Africa/Casablanca",
          "Africa/Windhoek",
          "Asia/Amman",
          "Asia/Beirut",
          "Asia/Damascus",
          "Asia/Gaza",
          "Asia/Jerusalem",
          "Asia/Kathmandu",
          "Asia/Pyongyang",
          "Asia/Tehran",
          "Asia/Ulaanbaatar",
          "Antarctica/Troll",
          "Antarctica/Casey",
          "Australia/Lord_Howe",
          "Australia/Sydney",
          "Australia/Adelaide",
          "Pacific/Apia",
          "Pacific/Auckland",
          "Pacific/Chatham",
          "Pacific/Fakaofo",
          "Pacific/Kiritimati",
          "Pacific/Kwajalein",
          "Pacific/Norfolk");

  private record Change(ZoneId zone, Instant instant, ClockWalk walk) {}

  private static final List<Change> CHANGES = changes();

  @Provide
  Arbitrary<CronCase> crons() {
    return CronCase.any();
  }

  @Property(tries = 1000, seed = "20111230", edgeCases = EdgeCasesMode.NONE)
  void fires_as_the_watched_clock_says(@ForAll("crons") CronCase cron) {
    ZoneId zone = ZoneId.of("UTC");
    CronSchedule schedule = Schedule.cron(cron.text(), zone);
    int turn = Math.floorMod(cron.text().hashCode(), STRIDE);
    boolean alsoBackwards = Math.floorDiv(cron.text().hashCode(), STRIDE) % 2 == 0;
    for (int i = turn; i < CHANGES.size(); i += STRIDE) {
      Change change = CHANGES.get(i);
      if (!change.zone.equals(zone)) {
        zone = change.zone;
        schedule = Schedule.cron(cron.text(), zone);
      }
      List<Instant> expected = change.walk.firings(cron);
      check("next", schedule, change, forwards(schedule, change.walk), expected);
      if (alsoBackwards) {
        check("latest", schedule, change, backwards(schedule, change.walk), expected);
      }
      asksAtTheEdge(schedule, change, expected);
    }
  }

  @Test
  void there_are_enough_zones_and_changes() {
    assertThat(ZONES).hasSizeGreaterThanOrEqualTo(30).doesNotHaveDuplicates();
    assertThat(CHANGES).hasSizeGreaterThan(2000);
  }

  /** The plain comparison first: describing an assertion costs more than making it. */
  private static void check(
      String what,
      CronSchedule schedule,
      Change change,
      List<Instant> actual,
      List<Instant> expected) {
    if (!actual.equals(expected)) {
      assertThat(actual).as("%s: %s around %s", what, schedule, change.instant).isEqualTo(expected);
    }
  }

  /** The chain of firings visits firings only; questions are asked in between as well. */
  private static void asksAtTheEdge(CronSchedule schedule, Change change, List<Instant> expected) {
    for (long nanos : new long[] {-1, 0, 1}) {
      Instant asked = change.instant.plusNanos(nanos);
      Optional<Instant> following =
          expected.stream().filter(firing -> firing.isAfter(asked)).findFirst();
      Optional<Instant> answer =
          schedule.next(asked, ANCHOR).filter(firing -> firing.isBefore(change.walk.end()));
      if (!answer.equals(following)) {
        assertThat(answer).as("%s after %s", schedule, asked).isEqualTo(following);
      }
    }
  }

  private static List<Instant> forwards(CronSchedule schedule, ClockWalk walk) {
    List<Instant> firings = new ArrayList<>();
    Optional<Instant> next = schedule.next(walk.start().minusNanos(1), ANCHOR);
    while (next.isPresent() && next.get().isBefore(walk.end())) {
      firings.add(next.get());
      next = schedule.next(next.get(), ANCHOR);
    }
    return firings;
  }

  private static List<Instant> backwards(CronSchedule schedule, ClockWalk walk) {
    List<Instant> firings = new ArrayList<>();
    Optional<Instant> latest = schedule.latest(walk.end().minusNanos(1));
    while (latest.isPresent() && !latest.get().isBefore(walk.start())) {
      firings.add(0, latest.get());
      latest = schedule.latest(latest.get().minusNanos(1));
    }
    return firings;
  }

  private static List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (String name : ZONES) {
      ZoneId zone = ZoneId.of(name);
      ZoneOffsetTransition transition = zone.getRules().nextTransition(FIRST);
      while (transition != null && transition.getInstant().isBefore(LAST)) {
        Duration margin = AROUND.plus(transition.getDuration().abs());
        Instant instant = transition.getInstant();
        changes.add(
            new Change(
                zone,
                instant,
                ClockWalk.over(
                    zone, instant.minus(margin), instant.plus(margin), Duration.ofMinutes(1))));
        transition = zone.getRules().nextTransition(instant);
      }
    }
    return changes;
  }
}
