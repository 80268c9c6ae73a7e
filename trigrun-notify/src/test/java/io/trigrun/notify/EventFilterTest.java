package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("N11: which of two switches counts")
class EventFilterTest {

  @ParameterizedTest(name = "workspace {0}, channel {1}: {2}")
  @CsvSource({
    ", , true",
    "true, , true",
    "false, , false",
    ", true, true",
    ", false, false",
    "true, true, true",
    "true, false, false",
    "false, true, true",
    "false, false, false",
  })
  void the_channel_s_if_it_has_one_else_the_workspace_s_if_it_has_one(
      Boolean workspace, Boolean channel, boolean effective) {
    assertThat(EventFilter.effective(Optional.ofNullable(workspace), Optional.ofNullable(channel)))
        .isEqualTo(effective);
  }

  @Test
  void missing_keys_fall_back() {
    UUID slack = UUID.randomUUID();
    EventFilter filter =
        new EventFilter(Map.of("run_completed", false), Map.of(slack, Map.of("run_failed", true)));

    assertThat(filter.lets(NotificationEvent.own("run_completed"), slack)).isFalse();
    assertThat(filter.lets(NotificationEvent.own("run_failed"), slack)).isTrue();
    assertThat(filter.lets(NotificationEvent.own("ai_generated"), slack)).isTrue();
    assertThat(FilterDocument.read(FilterDocument.write(filter))).isEqualTo(filter);
  }
}
