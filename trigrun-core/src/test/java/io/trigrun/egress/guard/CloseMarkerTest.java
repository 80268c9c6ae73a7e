package io.trigrun.egress.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloseMarkerTest {
  private static final String INTERIM = "HTTP/1.1 100 Continue||HTTP/1.1 103 Early Hints|Link: a||";
  private static final String REST = "Content-Length: 30||HTTP/1.1 200 OK||body";
  private static final String ANSWER = lines(INTERIM + "HTTP/1.1 200 OK|" + REST);
  private static final String MARKED = lines(INTERIM + "HTTP/1.1 200 OK|Connection: close|" + REST);

  private static String lines(String text) {
    return text.replace("|", "\r\n");
  }

  private static String mark(CloseMarker marker, String text) throws ProtocolException {
    return ISO_8859_1.decode(marker.mark(ByteBuffer.wrap(text.getBytes(ISO_8859_1)))).toString();
  }

  @Property
  void the_answer_that_counts_is_marked_once_however_it_is_cut(
      @ForAll @IntRange(min = 1, max = 60) int piece) throws ProtocolException {
    CloseMarker marker = new CloseMarker();
    StringBuilder marked = new StringBuilder();
    for (int i = 0; i < ANSWER.length(); i += piece) {
      marked.append(mark(marker, ANSWER.substring(i, Math.min(ANSWER.length(), i + piece))));
    }

    assertThat(marked).hasToString(MARKED);
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.0 200 OK|Connection: keep-alive||x", "HTTP/1.1 404||", "nonsense||"})
  void the_mark_comes_before_what_the_target_says(String answer) throws ProtocolException {
    String[] lines = answer.split("\\|", 2);
    assertThat(mark(new CloseMarker(), answer.replace("|", "\n")))
        .isEqualTo(lines[0] + "\nConnection: close\r\n" + lines[1].replace("|", "\n"));
  }

  @Test
  void an_endless_line_is_given_up() {
    assertThatThrownBy(() -> mark(new CloseMarker(), "x".repeat(70_000)))
        .isInstanceOf(ProtocolException.class);
  }
}
