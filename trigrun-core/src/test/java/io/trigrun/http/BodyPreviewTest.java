package io.trigrun.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Row S7: the body that an attempt keeps. */
class BodyPreviewTest {

  private static HttpReply reply(String type, byte[] body, boolean truncated) {
    return new HttpReply(
        200,
        type.isEmpty() ? Map.of() : Map.of("Content-Type", List.of(type)),
        body,
        truncated,
        Duration.ZERO);
  }

  @Provide
  Arbitrary<String> anyText() {
    return Arbitraries.integers()
        .between(0, 0x10FFFF)
        .list()
        .ofMaxSize(60)
        .map(
            points -> {
              StringBuilder text = new StringBuilder();
              points.forEach(text::appendCodePoint);
              return text.toString();
            });
  }

  @Property(tries = 3000)
  void no_limit_splits_a_character(
      @ForAll("anyText") String text, @ForAll @IntRange(max = 250) int limit) {
    String cut = BodyPreview.cut(text, limit);

    assertThat(cut.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(limit);
    assertThat(new String(cut.getBytes(UTF_8), UTF_8)).isEqualTo(cut);
    assertThat(cut).doesNotContain("\u0000");
    int[] points = text.codePoints().toArray();
    int[] kept = cut.codePoints().toArray();
    assertThat(kept.length).isLessThanOrEqualTo(points.length);
    for (int i = 0; i < kept.length; i++) {
      assertThat(kept[i]).isIn(points[i], 0xFFFD);
    }
    if (kept.length < points.length) { // it kept as much as fits
      String next = BodyPreview.cut(Character.toString(points[kept.length]), 4);
      assertThat(cut.getBytes(UTF_8).length + next.getBytes(UTF_8).length).isGreaterThan(limit);
    }
  }

  @Property(tries = 500)
  void a_body_that_the_transport_cut_ends_between_characters(
      @ForAll("anyText") String text, @ForAll @IntRange(max = 250) int limit) {
    String whole = BodyPreview.cut(text, 1000);
    byte[] bytes = whole.getBytes(UTF_8);
    byte[] cut = java.util.Arrays.copyOf(bytes, Math.min(limit, bytes.length));
    String preview = BodyPreview.of(reply("text/plain", cut, cut.length < bytes.length));
    assertThat(whole.startsWith("\uFEFF") ? whole.substring(1) : whole).startsWith(preview);
  }

  @Test
  void the_limit_is_65536_bytes() {
    String preview =
        BodyPreview.of(reply("text/plain", "x€".repeat(40_000).getBytes(UTF_8), false));
    assertThat(preview.getBytes(UTF_8)).hasSize(65_536);
    assertThat(BodyPreview.of(reply("text/plain", "€".repeat(40_000).getBytes(UTF_8), false)))
        .isEqualTo("€".repeat(21_845));
  }

  @Test
  void the_charset_comes_from_the_content_type() {
    assertThat(
            BodyPreview.of(
                reply("text/plain; charset=iso-8859-1", "é".getBytes(ISO_8859_1), false)))
        .isEqualTo("é");
    assertThat(BodyPreview.of(reply("text/html;charset=\"UTF-16\"", "é".getBytes(UTF_16), false)))
        .isEqualTo("é");
    assertThat(BodyPreview.of(reply("text/plain; charset=klingon", "é".getBytes(UTF_8), false)))
        .isEqualTo("é");
    assertThat(BodyPreview.of(reply("", "\uFEFFé".getBytes(UTF_8), false))).isEqualTo("é");
  }

  @Test
  void what_no_store_takes_is_replaced() {
    assertThat(BodyPreview.of(reply("text/plain", new byte[] {'a', 0, (byte) 0xC3, 'b'}, false)))
        .isEqualTo("a\uFFFD\uFFFDb");
  }

  @Test
  void what_is_no_text_is_described() {
    assertThat(BodyPreview.of(reply("image/png", new byte[123], false)))
        .isEqualTo("<binary, 123 bytes>");
    assertThat(BodyPreview.of(reply("", new byte[5], false))).isEqualTo("<binary, 5 bytes>");
    assertThat(BodyPreview.of(reply("application/zip", new byte[9], true)))
        .isEqualTo("<binary, more than 9 bytes>");
    assertThat(BodyPreview.of(reply("image/svg+xml", "<svg/>".getBytes(UTF_8), false)))
        .isEqualTo("<svg/>");
    assertThat(BodyPreview.of(reply("image/png", new byte[0], false))).isEmpty();
  }
}
