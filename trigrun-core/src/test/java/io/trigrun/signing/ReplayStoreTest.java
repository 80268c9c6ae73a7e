package io.trigrun.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.testing.ManualClock;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N16: who has listened can't say it again")
class ReplayStoreTest {

  private static final byte[] BODY = "{}".getBytes(UTF_8);
  private static final Instant NOW = Instant.parse("2026-03-16T10:00:00Z");

  private final SigningKeys keys =
      SigningKeys.of(SigningSecret.of("secret", SigningSecret.random()));
  private final ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");

  @Test
  void a_request_counts_once_and_the_next_attempt_is_another_request() {
    SignatureScheme scheme = SignatureScheme.standard();
    WebhookVerifier verifier = verifier(scheme).withReplayStore(ReplayStore.inMemory(10));
    Map<String, List<String>> first = signed(scheme, NOW);
    Map<String, List<String>> second = signed(scheme, NOW.plusSeconds(10));

    assertThat(verifier.verify(BODY, first)).isEqualTo(Verification.VALID);
    assertThat(verifier.verify(BODY, first)).isEqualTo(Verification.REPLAYED);
    assertThat(verifier.verify(BODY, second)).isEqualTo(Verification.VALID);
    assertThat(verifier.verify(BODY, second)).isEqualTo(Verification.REPLAYED);
  }

  @Test
  void the_same_holds_for_a_scheme_without_ids() {
    SignatureScheme scheme = SignatureScheme.stripe("S");
    WebhookVerifier verifier = verifier(scheme).withReplayStore(ReplayStore.inMemory(10));
    Map<String, List<String>> request = signed(scheme, NOW);

    assertThat(verifier.verify(BODY, request)).isEqualTo(Verification.VALID);
    assertThat(verifier.verify(BODY, request)).isEqualTo(Verification.REPLAYED);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 0, 299, 300})
  void it_is_remembered_until_it_is_too_old(long ahead) {
    SignatureScheme scheme = SignatureScheme.standard();
    WebhookVerifier verifier = verifier(scheme).withReplayStore(ReplayStore.inMemory(10));
    Map<String, List<String>> request = signed(scheme, NOW.plusSeconds(ahead));
    assertThat(verifier.verify(BODY, request)).isEqualTo(Verification.VALID);
    while (verifier.verify(BODY, request) == Verification.REPLAYED) {
      clock.advance(Duration.ofMillis(500));
    }
    assertThat(verifier.verify(BODY, request)).isEqualTo(Verification.TOO_OLD);
  }

  @Test
  void what_is_not_signed_is_not_remembered() {
    SignatureScheme scheme = SignatureScheme.standard();
    WebhookVerifier verifier =
        verifier(scheme)
            .withReplayStore(
                (key, now, until) -> {
                  throw new AssertionError("asked for " + key);
                });
    assertThat(verifier.verify("[]".getBytes(UTF_8), signed(scheme, NOW)))
        .isEqualTo(Verification.MISMATCH);
    assertThat(verifier.verify(BODY, signed(scheme, NOW.minusSeconds(301))))
        .isEqualTo(Verification.TOO_OLD);
  }

  @Test
  void a_scheme_without_time_has_no_use_for_it() {
    assertThatThrownBy(
            () -> verifier(SignatureScheme.bodyHex("S")).withReplayStore(ReplayStore.inMemory(10)))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("scheme: expected one that signs the time");
  }

  @Test
  void the_store_in_memory_is_bounded() {
    ReplayStore store = ReplayStore.inMemory(2);
    assertThat(store.add("a", NOW, NOW.plusSeconds(10))).isTrue();
    assertThat(store.add("b", NOW, NOW.plusSeconds(20))).isTrue();
    assertThat(store.add("c", NOW, NOW.plusSeconds(30))).isTrue();
    assertThat(store.add("c", NOW, NOW.plusSeconds(30))).isFalse();
    assertThat(store.add("b", NOW, NOW.plusSeconds(20))).isFalse();
    assertThat(store.add("a", NOW, NOW.plusSeconds(10))).isTrue(); // forgotten: the oldest
    assertThatThrownBy(() -> ReplayStore.inMemory(0)).isInstanceOf(ValidationException.class);
  }

  @Test
  void of_many_at_once_one_is_the_first() {
    ReplayStore store = ReplayStore.inMemory(1_000);
    long first =
        IntStream.range(0, 1_000)
            .parallel()
            .filter(i -> store.add("key-" + i % 10, NOW, NOW.plusSeconds(1)))
            .count();
    assertThat(first).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 86_401})
  void a_tolerance_is_a_second_to_a_day(long seconds) {
    assertThatThrownBy(
            () -> verifier(SignatureScheme.standard()).withTolerance(Duration.ofSeconds(seconds)))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("tolerance: expected 1 s to 24 h");
  }

  @Test
  void a_tolerance_of_ten_seconds_is_ten_seconds() {
    SignatureScheme scheme = SignatureScheme.standard();
    WebhookVerifier verifier = verifier(scheme).withTolerance(Duration.ofSeconds(10));
    assertThat(verifier.verify(BODY, signed(scheme, NOW.minusSeconds(10))))
        .isEqualTo(Verification.VALID);
    assertThat(verifier.verify(BODY, signed(scheme, NOW.minusSeconds(11))))
        .isEqualTo(Verification.TOO_OLD);
  }

  private WebhookVerifier verifier(SignatureScheme scheme) {
    return WebhookVerifier.of(scheme, keys).withClock(clock);
  }

  private Map<String, List<String>> signed(SignatureScheme scheme, Instant at) {
    return scheme.sign(keys, "id", at, BODY).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
  }
}
