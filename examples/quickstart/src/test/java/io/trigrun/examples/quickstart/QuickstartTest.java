package io.trigrun.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuickstartTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void the_whole_story_happens() throws Exception {
    boolean happened = Quickstart.run(out);

    String told = printed.toString(StandardCharsets.UTF_8);
    assertThat(happened).as(told).isTrue();
    assertThat(told)
        .contains("webhook, signature VALID", "order 1, rolled back, never ran")
        .contains("503, 200", "500, 500, 500", "execution.failed")
        .doesNotContain("MISSING");
  }

  @Test
  void what_does_not_happen_is_named() throws Exception {
    Expectations expectations = new Expectations(new Console(out));
    expectations.expect("the sun rises", () -> true);
    expectations.expect("pigs fly", () -> false);

    boolean happened = expectations.await(Duration.ofMillis(1));

    assertThat(happened).isFalse();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern("ok +the sun rises")
        .containsPattern("MISSING +pigs fly");
  }
}
