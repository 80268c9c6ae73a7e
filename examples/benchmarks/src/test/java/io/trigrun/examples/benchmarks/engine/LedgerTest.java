package io.trigrun.examples.benchmarks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private final Ledger ledger = new Ledger(3);

  @Test
  void is_complete_when_each_execution_has_run() throws InterruptedException {
    for (int number = 0; number < 3; number++) {
      assertThat(ledger.isComplete()).isFalse();
      ledger.accept(number);
    }
    ledger.await(Duration.ofSeconds(1), ran -> {});
    assertThat(ledger.isComplete()).isTrue();
    assertThat(ledger.duplicates()).isZero();
    assertThat(ledger.missing()).isZero();
  }

  @Test
  void counts_what_ran_twice_what_ran_early_and_what_did_not_run() {
    ledger.accept(1);
    ledger.accept(1);
    ledger.accept(1);
    ledger.accept(3);
    assertThat(ledger.duplicates()).isEqualTo(3);
    assertThat(ledger.missing()).isEqualTo(2);
  }
}
