package io.trigrun.internal.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What is kept of a command's output: little, and the right parts. */
class CommandOutputTest {

  private static final int MOST = 65_536;

  private static Optional<String> kept(byte[] bytes, int chunk, String... secrets) {
    CommandOutput output = new CommandOutput(List.of(secrets));
    for (int from = 0; from < bytes.length; from += chunk) {
      int count = Math.min(chunk, bytes.length - from);
      output.add(Arrays.copyOfRange(bytes, from, from + count), count);
    }
    return output.text();
  }

  @Test
  void nothing_is_nothing() {
    assertThat(kept(new byte[0], 1)).isEmpty();
  }

  @Property(tries = 200)
  void text_that_fits_is_kept_as_it_is(@ForAll @Size(max = 2_000) String text) {
    String storable = new String(text.replace("\0", "").getBytes(UTF_8), UTF_8);
    assertThat(kept(storable.getBytes(UTF_8), 7).orElse("")).isEqualTo(storable);
  }

  @Property(tries = 200)
  void of_long_text_beginning_and_end_are_kept_on_characters(
      @ForAll @IntRange(min = 65_537, max = 300_000) int size,
      @ForAll @IntRange(min = 1, max = 9_000) int chunk) {
    String unit = "a\u00e9\u4e2d\ud83d\ude00\n";
    String text = "first\n" + unit.repeat(size / unit.getBytes(UTF_8).length + 1) + "last";

    String kept = kept(text.getBytes(UTF_8), chunk).orElseThrow();

    assertThat(kept.getBytes(UTF_8)).hasSizeBetween(MOST - 200, MOST);
    String[] parts = kept.split("\n\\[\\.\\.\\. left out; [0-9,]+ bytes in all \\.\\.\\.]\n");
    assertThat(parts).hasSize(2);
    assertThat(text).startsWith(parts[0]).endsWith(parts[1]);
    assertThat(kept).doesNotContain("\uFFFD");
  }

  @Property(tries = 100)
  void whatever_comes_is_bounded_and_storable(
      @ForAll byte[] some, @ForAll @IntRange(min = 1, max = 60_000) int times) {
    byte[] bytes = new byte[Math.min(200_000, some.length * times)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = some[i % some.length];
    }
    String kept = kept(bytes, 8_192).orElse("");
    assertThat(kept.getBytes(UTF_8).length).isLessThanOrEqualTo(MOST);
    assertThat(kept).doesNotContain("\0");
    assertThat(new String(kept.getBytes(UTF_8), UTF_8)).isEqualTo(kept);
  }

  @Test
  void bytes_that_are_no_text_take_no_more_room() {
    byte[] bytes = new byte[60_000];
    Arrays.fill(bytes, (byte) 0xE9);

    String kept = kept(bytes, 100).orElseThrow();

    assertThat(kept.getBytes(UTF_8).length).isLessThanOrEqualTo(MOST);
    assertThat(kept).contains("left out; 60,000 bytes in all");
  }

  @Test
  void binary_output_is_described() {
    assertThat(kept(new byte[] {1, 0, 2}, 1)).contains("<binary, 3 bytes>");
  }

  @Test
  void values_of_secrets_are_not_kept() {
    assertThat(kept("login hunter2 ok, hunter2\n".getBytes(UTF_8), 3, "", "hunter2"))
        .contains("login *** ok, ***\n");
  }
}
