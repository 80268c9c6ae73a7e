package io.trigrun.egress.guard;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Collects the bytes of a request's head, up to a limit. */
final class HeadReader {
  private byte[] bytes = new byte[1024];
  private int length;

  /** What came behind the head. */
  private byte[] rest = new byte[0];

  /**
   * Takes what has come.
   *
   * @return the head, once it is complete
   * @throws ProtocolException if it gets too long
   */
  Optional<String> take(ByteBuffer in) throws ProtocolException {
    int from = Math.max(0, length - 3);
    int incoming = in.remaining();
    if (length + incoming > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + incoming, 2 * bytes.length));
    }
    in.get(bytes, length, incoming);
    length += incoming;
    for (int i = from; i + 3 < length; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return Optional.of(head(i + 4));
      }
    }
    requireShort(length);
    return Optional.empty();
  }

  private String head(int end) throws ProtocolException {
    requireShort(end);
    rest = Arrays.copyOfRange(bytes, end, length);
    return text(end);
  }

  private void requireShort(int size) throws ProtocolException {
    boolean tunnel =
        text(Math.min(length, RequestHead.CONNECT.length())).equals(RequestHead.CONNECT);
    if (size > (tunnel ? GuardLimits.TUNNEL_HEAD : GuardLimits.PLAIN_HEAD)) {
      throw new ProtocolException("a head that is too long");
    }
  }

  private String text(int end) {
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
  }

  byte[] rest() {
    return rest;
  }
}
