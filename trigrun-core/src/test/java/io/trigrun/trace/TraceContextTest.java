package io.trigrun.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.ValidationException;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void its_parts_are_told_and_become_headers() {
    TraceContext context = new TraceContext(PARENT, Optional.of("a=1,b=2"));
    assertThat(context.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(context.spanId()).isEqualTo("b7ad6b7169203331");
    assertThat(context.headers())
        .containsEntry("traceparent", PARENT)
        .containsEntry("tracestate", "a=1,b=2")
        .hasSize(2);
    assertThat(TraceContext.of(PARENT).headers()).containsOnlyKeys("traceparent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nX: y",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
      })
  void what_is_no_traceparent_is_refused_and_not_read(String text) {
    assertThatThrownBy(() -> TraceContext.of(text))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("traceparent: expected version, trace id, span id and flags");
    assertThat(TraceContext.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a=\n", "a=\u00e9", "a=\t"})
  void what_is_no_tracestate_is_refused(String text) {
    assertThatThrownBy(() -> new TraceContext(PARENT, Optional.of(text)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("tracestate: expected 1 to 512 printable characters");
  }

  @Test
  void a_tracestate_ends_at_512_characters() {
    assertThat(new TraceContext(PARENT, Optional.of("x".repeat(512))).text()).hasSize(568);
    assertThatThrownBy(() -> new TraceContext(PARENT, Optional.of("x".repeat(513))))
        .isInstanceOf(ValidationException.class);
  }

  @Property
  void what_is_written_is_read(
      @ForAll @StringLength(min = 1, max = 512) @CharRange(from = ' ', to = '~') String state) {
    TraceContext context = new TraceContext(PARENT, Optional.of(state));
    assertThat(TraceContext.parse(context.text())).contains(context);
    assertThat(TraceContext.parse(PARENT)).contains(TraceContext.of(PARENT));
  }
}
