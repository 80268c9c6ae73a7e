package io.trigrun.inbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/**
 * How to read a body: up to one byte more than is allowed, and not if it comes too slowly.
 *
 * @param announced how long the body says it is; negative if it says nothing
 * @param most how long it may be
 */
record BodyReading(long announced, int most, Duration patience) {

  /** What is announced costs nothing, so not more is taken for it than this at first. */
  private static final int FIRST = 8_192;

  /**
   * @throws SocketTimeoutException if it takes too long. A read that waits is the server's to end
   */
  byte[] read(InputStream from) throws IOException {
    long start = System.nanoTime();
    long expected = announced < 0 ? FIRST : announced + 1;
    byte[] body = new byte[(int) Math.min(most + 1L, Math.min(expected, FIRST))];
    int length = 0;
    int read = 0;
    while (read >= 0 && length <= most) {
      if (length == body.length) {
        body = Arrays.copyOf(body, (int) Math.min(most + 1L, 2L * length));
      }
      read = from.read(body, length, body.length - length);
      length += Math.max(read, 0);
      if (read >= 0 && System.nanoTime() - start > patience.toNanos()) {
        throw new SocketTimeoutException("expected the body sooner");
      }
    }
    return Arrays.copyOf(body, length);
  }
}
