package io.trigrun.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  void a_scenario_alone_has_defaults() throws UsageException {
    Options options = Options.parse("throughput");
    assertThat(options.scenario().name()).isEqualTo("throughput");
    assertThat(options.engines()).contains("trigrun", "db-scheduler", "pgbench");
    assertThat(options.repeats()).isEqualTo(3);
    assertThat(options.size()).isEqualTo(200_000);
    assertThat(options.workers()).isEmpty();
    assertThat(options.json()).isFalse();
  }

  @Test
  void options_may_have_their_value_behind_an_equals_sign() throws UsageException {
    Options options =
        Options.parse("enqueue", "--engines=dbos,trigrun", "--size", "5", "--workers=7", "--json");
    assertThat(options.engines()).containsExactly("dbos", "trigrun");
    assertThat(options.size()).isEqualTo(5);
    assertThat(options.workers()).hasValue(7);
    assertThat(options.json()).isTrue();
  }

  @Test
  void a_scenario_that_lasts_is_told_for_how_many_seconds() throws UsageException {
    assertThat(Options.parse("inbound").size()).isEqualTo(120);
    assertThat(Options.parse("inbound", "--seconds", "5").size()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                 | expected a scenario",
        "sleep                            | got sleep",
        "latency --engines bare-jdbc      | engines that latency can measure",
        "throughput --engines trigrun,    | engines that throughput can measure",
        "throughput --engines             | expected a value after --engines",
        "throughput --size --json         | expected a value after --size",
        "throughput --repeats 0           | from 1 to 1,000, got 0",
        "throughput --workers many        | from 1 to 1,000, got many",
        "throughput --quick               | got --quick",
        "throughput --seconds 5           | expected --size, as throughput counts executions",
      })
  void what_there_is_not_is_refused(String line, String message) {
    String[] args = line == null ? new String[0] : line.split(" ");
    assertThatThrownBy(() -> Options.parse(args))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }
}
