package io.trigrun.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.TrigRun;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever bytes come in by a socket, nothing goes wrong, and nobody waits for ever. */
class RawFuzzTest {

  @Test
  void some_broken_requests_get_no_answer_of_500_or_more() throws Exception {
    check(4_000);
  }

  @Test
  @Tag("chaos")
  void a_hundred_thousand_broken_requests_get_no_answer_of_500_or_more() throws Exception {
    check(100_000);
  }

  private static void check(int count) throws Exception {
    try (TrigRun trigrun =
        TrigRun.builder()
            .secrets(SecretCipher.aesGcm(KeyRing.of("k", KeyRing.generateKey())))
            .build()) {
      RawFuzz.Outcome outcome = RawFuzz.run(trigrun, count);

      assertThat(outcome.failed()).isEmpty();
      assertThat(outcome.answers()).isGreaterThan(count / 2);
      assertThat(outcome.refused()).isGreaterThan(count / 4);
    }
  }
}
