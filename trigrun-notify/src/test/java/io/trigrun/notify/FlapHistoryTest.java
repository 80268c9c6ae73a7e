package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.notify.FlapStep.Telling;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("N20: what is flapping follows from the ups and downs and the clock")
class FlapHistoryTest {

  private static final Instant START = Instant.parse("2026-03-16T10:00:00Z");

  /** Something that says how it stands, so many minutes after the one before. */
  record Event(int minutes, Standing standing) {}

  /** What a channel hears, at a minute: a standing, FLAPPING or STEADY. */
  record Heard(int minute, String what) {}

  @Property(tries = 2_000)
  void a_channel_hears_what_a_clock_that_is_read_each_minute_would_tell(
      @ForAll("settings") Flapping flapping, @ForAll("events") List<Event> events) {
    assertThat(heard(flapping, events)).isEqualTo(byTheMinute(flapping, events));
  }

  @Property(tries = 1_000)
  void who_listens_to_the_end_knows_how_it_stands(
      @ForAll("settings") Flapping flapping, @ForAll("events") List<Event> events) {
    List<Heard> heard = heard(flapping, events);
    if (!events.isEmpty()) {
      String last = heard.get(heard.size() - 1).what();
      assertThat(last).endsWith(events.get(events.size() - 1).standing().name());
    }
  }

  @Property(tries = 1_000)
  void flapping_and_steady_take_turns_and_between_them_it_is_quiet(
      @ForAll("settings") Flapping flapping, @ForAll("events") List<Event> events) {
    boolean quiet = false;
    for (Heard heard : heard(flapping, events)) {
      if (heard.what().startsWith("FLAPPING")) {
        assertThat(quiet).isFalse();
        quiet = true;
      } else if (heard.what().startsWith("STEADY")) {
        assertThat(quiet).isTrue();
        quiet = false;
      } else {
        assertThat(quiet).isFalse();
      }
    }
    assertThat(quiet).isFalse();
  }

  @Example
  void times_at_the_edge_belong_to_it() {
    Flapping flapping = Flapping.of(3, Duration.ofMinutes(10)).withSteadyFor(Duration.ofMinutes(5));
    FlapHistory down = FlapHistory.NONE.after(Standing.DOWN, START, flapping);
    FlapHistory up = down.after(Standing.UP, START.plusSeconds(60), flapping);

    assertThat(up.after(Standing.DOWN, START.plusSeconds(600), flapping).spell()).isPresent();
    assertThat(up.after(Standing.DOWN, START.plusSeconds(601), flapping).spell()).isEmpty();

    FlapHistory flaps = up.after(Standing.DOWN, START.plusSeconds(120), flapping);
    assertThat(flaps.isSteadyAt(START.plusSeconds(419), flapping)).isFalse();
    assertThat(flaps.isSteadyAt(START.plusSeconds(420), flapping)).isTrue();
  }

  @Example
  void an_event_of_a_clock_that_is_behind_does_not_shorten_the_wait() {
    Flapping flapping = Flapping.of(3, Duration.ofMinutes(10));
    FlapHistory flaps =
        FlapHistory.NONE
            .after(Standing.DOWN, START, flapping)
            .after(Standing.UP, START.plusSeconds(1), flapping)
            .after(Standing.DOWN, START.plusSeconds(2), flapping)
            .after(Standing.UP, START.plusSeconds(1), flapping);

    assertThat(flaps.steadyAt(flapping)).contains(START.plusSeconds(602));
    assertThat(flaps.spell().orElseThrow().changes()).isEqualTo(4);
  }

  @Example
  void what_is_out_of_range_is_refused_by_its_name() {
    assertThatThrownBy(() -> Flapping.of(2, Duration.ofSeconds(59)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("flapping.changes: expected 3 to 100, got 2")
        .hasMessageEndingWith("flapping.within: expected 1 minute to 30 days, got PT59S");
    assertThatThrownBy(() -> Flapping.of(101, Duration.ofDays(30)))
        .hasMessage("flapping.changes: expected 3 to 100, got 101");
    assertThatThrownBy(() -> Flapping.of(3, Duration.ofHours(1)).withSteadyFor(Duration.ofDays(31)))
        .hasMessage("flapping.steady_for: expected 1 minute to 30 days, got PT744H");
    assertThat(Flapping.off().isOff()).isTrue();
  }

  @Property
  void it_is_kept_as_json(@ForAll("settings") Flapping flapping) {
    assertThat(FlappingJson.read(FlappingJson.write(flapping))).isEqualTo(flapping);
  }

  /** By the code, until long after the last event. */
  private static List<Heard> heard(Flapping flapping, List<Event> events) {
    List<Heard> heard = new ArrayList<>();
    FlapHistory history = FlapHistory.NONE;
    Instant at = START;
    for (Event event : events) {
      at = at.plus(Duration.ofMinutes(event.minutes()));
      FlapStep step = FlapStep.of(history, event.standing(), at, flapping);
      step.ended().ifPresent(ended -> heard.add(steady(ended, flapping)));
      if (step.telling() == Telling.NEWS) {
        heard.add(new Heard(minute(at), event.standing().name()));
      } else if (step.telling() == Telling.FLAPPING) {
        heard.add(new Heard(minute(at), "FLAPPING " + event.standing()));
      }
      history = step.after();
    }
    if (history.spell().isPresent()) {
      heard.add(steady(history, flapping));
    }
    return heard;
  }

  private static Heard steady(FlapHistory history, Flapping flapping) {
    return new Heard(
        minute(history.steadyAt(flapping).orElseThrow()), "STEADY " + history.standing());
  }

  private static int minute(Instant at) {
    return (int) Duration.between(START, at).toMinutes();
  }

  /** As the documentation says it: all changes since it was steady, looked at minute by minute. */
  private static List<Heard> byTheMinute(Flapping flapping, List<Event> events) {
    int within = (int) flapping.within().toMinutes();
    int steadyFor = (int) flapping.steadyFor().toMinutes();
    int end = events.stream().mapToInt(Event::minutes).sum() + steadyFor;
    List<Heard> heard = new ArrayList<>();
    List<Integer> changes = new ArrayList<>();
    Standing standing = Standing.UP;
    boolean isFlapping = false;
    int next = 0;
    int nextMinute = events.isEmpty() ? -1 : events.get(0).minutes();
    for (int minute = 0; minute <= end; minute++) {
      if (isFlapping && minute - changes.get(changes.size() - 1) >= steadyFor) {
        isFlapping = false;
        changes.clear();
        heard.add(new Heard(minute, "STEADY " + standing));
      }
      while (next < events.size() && nextMinute == minute) {
        Standing now = events.get(next).standing();
        boolean begins = false;
        if (now != standing) {
          changes.add(minute);
          int first = minute - within;
          boolean tooMany =
              changes.stream().filter(change -> change >= first).count() >= flapping.changes();
          begins = tooMany && !isFlapping;
        }
        standing = now;
        if (begins) {
          isFlapping = true;
          heard.add(new Heard(minute, "FLAPPING " + now));
        } else if (!isFlapping) {
          heard.add(new Heard(minute, now.name()));
        }
        next++;
        nextMinute += next < events.size() ? events.get(next).minutes() : 0;
      }
    }
    return heard;
  }

  @Provide
  Arbitrary<Flapping> settings() {
    return Combinators.combine(
            Arbitraries.integers().between(3, 6),
            Arbitraries.integers().between(1, 40),
            Arbitraries.integers().between(1, 40))
        .as(
            (changes, within, steadyFor) ->
                Flapping.of(changes, Duration.ofMinutes(within))
                    .withSteadyFor(Duration.ofMinutes(steadyFor)));
  }

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<Integer> minutes =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 6), Arbitraries.integers().between(0, 60));
    return Combinators.combine(minutes, Arbitraries.of(Standing.class))
        .as(Event::new)
        .list()
        .ofMaxSize(40);
  }
}
