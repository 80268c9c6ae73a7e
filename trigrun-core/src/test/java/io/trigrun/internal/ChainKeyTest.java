package io.trigrun.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.TriggerEvent;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainKeyTest {

  @Property
  void a_key_tells_who_started_what_and_why(
      @ForAll long parent,
      @ForAll @LongRange(min = 0) long lease,
      @ForAll int attempt,
      @ForAll TriggerEvent event,
      @ForAll long job) {
    ChainKey key =
        new ChainKey(new UUID(parent, ~parent), lease, attempt, event, new UUID(job, job));

    assertThat(ChainKey.parse(key.key().value())).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "order-17",
        "trigger/",
        "trigger/a/1/1/on_success/b",
        "trigger/00000000-0000-0001-0000-000000000002/x/1/on_success/"
            + "00000000-0000-0001-0000-000000000002",
        "trigger/00000000-0000-0001-0000-000000000002/1/1/on_what/"
            + "00000000-0000-0001-0000-000000000002",
        "trigger/00000000-0000-0001-0000-000000000002/1/1/on_success/"
            + "00000000-0000-0001-0000-000000000002/"
      })
  void other_keys_tell_nothing(String key) {
    assertThat(ChainKey.parse(key)).isEmpty();
  }
}
