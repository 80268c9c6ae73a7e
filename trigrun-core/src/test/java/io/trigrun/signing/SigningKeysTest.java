package io.trigrun.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("N16: rotation of secrets")
class SigningKeysTest {

  private static final Instant NOW = Instant.parse("2026-03-16T10:00:00Z");

  @Test
  void the_secret_before_counts_for_another_day() {
    SigningKeys keys = SigningKeys.of(secret(1)).rotatedTo(secret(2), NOW);

    assertThat(keys.current()).isEqualTo(secret(2));
    assertThat(keys.at(NOW)).containsExactly(secret(2), secret(1));
    assertThat(keys.at(NOW.plus(Duration.ofHours(24)).minusNanos(1))).hasSize(2);
    assertThat(keys.at(NOW.plus(Duration.ofHours(24)))).containsExactly(secret(2));
  }

  @Test
  void several_count_at_once_newest_first() {
    SigningKeys keys =
        SigningKeys.of(secret(1))
            .rotatedTo(secret(2), NOW, Duration.ofDays(7))
            .rotatedTo(secret(3), NOW.plusSeconds(60), Duration.ofHours(1));
    assertThat(keys.at(NOW.plusSeconds(60))).containsExactly(secret(3), secret(2), secret(1));
    assertThat(keys.at(NOW.plus(Duration.ofHours(2)))).containsExactly(secret(3), secret(1));
  }

  @Test
  void without_overlap_the_secret_before_counts_no_more() {
    assertThat(SigningKeys.of(secret(1)).rotatedTo(secret(2), NOW, Duration.ZERO).at(NOW))
        .containsExactly(secret(2));
  }

  @Test
  void a_secret_that_comes_back_counts_once() {
    SigningKeys keys =
        SigningKeys.of(secret(1)).rotatedTo(secret(2), NOW).rotatedTo(secret(1), NOW);
    assertThat(keys.at(NOW)).containsExactly(secret(1), secret(2));
  }

  @Test
  void an_overlap_is_zero_to_seven_days() {
    SigningKeys keys = SigningKeys.of(secret(1));
    for (Duration wrong : new Duration[] {Duration.ofNanos(-1), Duration.ofDays(7).plusNanos(1)}) {
      assertThatThrownBy(() -> keys.rotatedTo(secret(2), NOW, wrong))
          .isInstanceOf(ValidationException.class)
          .hasMessageStartingWith("overlap: expected zero to 7 days, got ");
    }
  }

  @Test
  void ten_old_ones_are_enough_and_expired_ones_make_room() {
    SigningKeys keys = SigningKeys.of(secret(0));
    for (int i = 1; i <= 10; i++) {
      keys = keys.rotatedTo(secret(i), NOW);
    }
    SigningKeys full = keys;
    assertThat(full.at(NOW)).hasSize(11);
    assertThatThrownBy(() -> full.rotatedTo(secret(11), NOW))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("signing_secrets: expected at most 10 old ones");
    assertThatThrownBy(() -> full.withOld(secret(11), NOW)).isInstanceOf(ValidationException.class);
    assertThat(full.rotatedTo(secret(11), NOW.plus(Duration.ofDays(1))).all()).hasSize(2);
  }

  @Test
  void a_ring_is_restored_from_what_the_host_has_stored() {
    SigningKeys keys = SigningKeys.of(secret(2)).withOld(secret(1), NOW);
    assertThat(keys.at(NOW.minusSeconds(1))).containsExactly(secret(2), secret(1));
    assertThat(keys.at(NOW)).containsExactly(secret(2));
    assertThat(keys.toString()).isEqualTo("SigningKeys[2]");
  }

  private static SigningSecret secret(int number) {
    return SigningSecret.of("secret", "secret-" + number);
  }
}
