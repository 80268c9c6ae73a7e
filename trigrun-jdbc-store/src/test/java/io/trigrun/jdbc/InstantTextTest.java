package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00.000000Z",
        "1969-12-31T23:59:59.999999Z",
        "1970-01-01T00:00:00.000001Z",
        "2024-02-29T12:00:00.100000Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void an_instant_is_written_to_the_microsecond(String text) {
    assertThat(InstantText.of(Instant.parse(text))).isEqualTo(text);
  }

  @Test
  void years_of_more_digits_are_left_to_the_jdk() {
    assertThat(InstantText.of(Instant.parse("+12345-01-01T00:00:00Z")))
        .isEqualTo("+12345-01-01T00:00:00Z");
  }

  @Test
  void it_says_what_the_jdk_says() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      Instant instant =
          Instant.ofEpochSecond(
              random.nextLong(-60_000_000_000L, 250_000_000_000L),
              1_000L * random.nextInt(1_000_000));
      assertThat(Instant.parse(InstantText.of(instant))).isEqualTo(instant);
    }
  }
}
