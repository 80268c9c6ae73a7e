package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListeningPauseTest {

  private final ListeningPause pause = new ListeningPause();

  @Test
  void it_grows_from_a_minute_to_an_hour() {
    assertThat(Stream.generate(() -> pause.after(Duration.ofSeconds(30))).limit(8))
        .extracting(Duration::toMinutes)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  @Test
  void a_pool_that_had_enough_for_long_is_taken_for_large_enough() {
    pause.after(Duration.ZERO);
    pause.after(Duration.ZERO);
    assertThat(pause.after(Duration.ofMinutes(61))).isEqualTo(ListeningPause.SHORTEST);
  }

  @Test
  void it_is_news_once() {
    assertThat(pause.isNews()).isTrue();
    assertThat(pause.isNews()).isFalse();
  }
}
