package io.trigrun.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {

  @ParameterizedTest
  @CsvSource({"90s,90", "15m,900", "1h30m,5400", "1d,86400", "1d2h3m4s,93784", "0s,0"})
  void a_span_has_units(String text, long seconds) {
    assertThat(Span.of(text)).hasSeconds(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "m", "1.5h", "-1m", "1m1h", "1w", "9999999999s", " 1m"})
  void what_is_none_is_refused(String text) {
    assertThatThrownBy(() -> Span.of(text))
        .hasMessage("expected a number with its unit: 90s, 15m, 1h30m or 1d");
  }

  @ParameterizedTest
  @CsvSource({"PT0.25S,250 ms", "PT59S,59 s", "PT60S,1 min", "PT90M,1 h 30 min", "P1DT5S,1 d 5 s"})
  void a_span_in_words(Duration span, String words) {
    assertThat(Span.words(span)).isEqualTo(words);
  }
}
