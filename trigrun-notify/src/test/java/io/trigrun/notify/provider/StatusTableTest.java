package io.trigrun.notify.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.http.HttpReply;
import io.trigrun.notify.provider.DeliveryOutcome.Fault;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.RateLimited;
import io.trigrun.notify.provider.DeliveryOutcome.Sent;
import io.trigrun.notify.provider.DeliveryOutcome.Transient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTableTest {

  private static final Instant NOW = Instant.parse("2026-03-16T10:00:00Z");

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void sent(int status) {
    assertThat(classify(status)).isInstanceOf(Sent.class);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {100, 408, 409, 421, 423, 425, 500, 502, 503, 504, 507, 520, 525, 530, 599, 600, 999})
  void transient_failures(int status) {
    assertThat(classify(status)).isInstanceOf(Transient.class);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        300, 301, 302, 307, 308, 399, 400, 402, 405, 406, 411, 413, 414, 415, 418, 422, 431, 501,
        505
      })
  void permanent_failures_of_the_message(int status) {
    assertThat(classify(status))
        .isInstanceOfSatisfying(
            Permanent.class, p -> assertThat(p.fault()).isEqualTo(Fault.MESSAGE));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 407})
  void permanent_failures_of_the_channel(int status) {
    assertThat(classify(status))
        .isInstanceOfSatisfying(
            Permanent.class, p -> assertThat(p.fault()).isEqualTo(Fault.CHANNEL));
  }

  @Test
  void gone_is_for_ever() {
    assertThat(classify(410))
        .isInstanceOfSatisfying(Permanent.class, p -> assertThat(p.fault()).isEqualTo(Fault.GONE));
  }

  @Test
  void too_many_requests_with_and_without_a_wish() {
    assertThat(classify(429, "7")).isEqualTo(limited(429, Optional.of(Duration.ofSeconds(7))));
    assertThat(classify(429, "Mon, 16 Mar 2026 10:01:00 GMT"))
        .isEqualTo(limited(429, Optional.of(Duration.ofMinutes(1))));
    assertThat(classify(429, "soon")).isEqualTo(limited(429, Optional.empty()));
    assertThat(classify(429)).isEqualTo(limited(429, Optional.empty()));
  }

  @Test
  void unavailable_with_a_wish_is_a_limit() {
    assertThat(classify(503, "120")).isEqualTo(limited(503, Optional.of(Duration.ofMinutes(2))));
  }

  @Test
  void every_status_means_something() {
    for (int status = 100; status <= 999; status++) {
      assertThat(classify(status)).isNotNull();
    }
  }

  private static RateLimited limited(int status, Optional<Duration> wait) {
    return new RateLimited("status: expected 2xx, got " + status, wait);
  }

  private static DeliveryOutcome classify(int status) {
    return classify(status, Map.of());
  }

  private static DeliveryOutcome classify(int status, String retryAfter) {
    return classify(status, Map.of("retry-after", List.of(retryAfter)));
  }

  private static DeliveryOutcome classify(int status, Map<String, List<String>> headers) {
    return StatusTable.classify(
        new HttpReply(status, headers, new byte[0], false, Duration.ZERO), NOW);
  }
}
