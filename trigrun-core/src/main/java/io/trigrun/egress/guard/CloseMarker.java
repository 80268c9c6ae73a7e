package io.trigrun.egress.guard;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@code Connection: close} into the head of a plain answer, so that the client makes a
 * connection of its own for the next request, whose host has to be judged, too. Answers of status
 * 1xx, which come before the one that counts, are left as they are.
 */
final class CloseMarker {
  private static final byte[] CLOSE = "Connection: close\r\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final int LONGEST_LINE = 64 * 1024;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(64);
  private boolean statusLine = true;
  private boolean done;

  /** The same bytes with the header put in; what belongs to a line that is not complete waits. */
  ByteBuffer mark(ByteBuffer in) throws ProtocolException {
    if (done) {
      return in;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.remaining() + CLOSE.length);
    while (in.hasRemaining() && !done) {
      byte next = in.get();
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        throw new ProtocolException("a line that is too long");
      }
      if (next == '\n') {
        endLine(out);
      }
    }
    while (in.hasRemaining()) {
      out.write(in.get());
    }
    return ByteBuffer.wrap(out.toByteArray());
  }

  private void endLine(ByteArrayOutputStream out) {
    String text = line.toString(StandardCharsets.ISO_8859_1);
    out.writeBytes(line.toByteArray());
    line.reset();
    if (!statusLine) {
      statusLine = text.isBlank(); // the end of a 1xx: another status line follows
    } else if (text.matches("HTTP/1\\.\\d 1\\d\\d.*\\R")) {
      statusLine = false;
    } else {
      out.writeBytes(CLOSE);
      done = true;
    }
  }
}
