package io.trigrun.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row S6: {@code Retry-After} as RFC 9110 10.2.3 has it. */
class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "120 ! PT2M",
        "' 7 ' ! PT7S",
        "1.5 ! PT1.5S",
        "0 ! PT1S",
        "0.2 ! PT1S",
        "86400 ! PT24H",
        "86401 ! PT24H",
        "999999999999999999999999 ! PT24H",
        "Sun, 06 Nov 1994 08:49:37 GMT ! PT37S",
        "sun, 06 nov 1994 08:49:37 gmt ! PT37S",
        "Mon, 06 Nov 1994 08:49:37 GMT ! PT37S",
        "Sunday, 06-Nov-94 08:49:37 GMT ! PT37S",
        "Sun Nov  6 08:49:37 1994 ! PT37S",
        "Sun Nov 16 08:49:37 1994 ! PT24H",
        "Sat, 05 Nov 1994 08:49:37 GMT ! PT1S",
        "Sunday, 06-Nov-50 08:49:37 GMT ! PT1S",
        "Sunday, 06-Nov-40 08:49:37 GMT ! PT24H"
      })
  void seconds_and_all_three_date_formats_are_read(String value, Duration wait) {
    assertThat(RetryAfter.parse(value, NOW)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "-1", "1e3", "+5", "1,5", "Sun, 31 Feb 1994 25:00:00 GMT", "٣"})
  void other_text_says_nothing(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isEmpty();
  }

  @Property
  void no_text_makes_it_throw_or_leave_the_bounds(@ForAll String value) {
    assertThat(RetryAfter.parse(value, NOW))
        .satisfies(
            found ->
                found.ifPresent(
                    wait -> assertThat(wait).isBetween(RetryAfter.MIN, RetryAfter.MAX)));
  }
}
