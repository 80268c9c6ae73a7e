package io.trigrun.egress.guard;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection. Reads no more while the other side is slow to take what was read,
 * and holds memory only then.
 */
final class Relay {
  /** So that a fast stream does not keep the others waiting. */
  private static final int ROUNDS = 4;

  private final SocketChannel from;
  private final SocketChannel to;
  private final Optional<CloseMarker> marker;
  private long allowed;
  private @Nullable ByteBuffer pending;
  private boolean ended;

  /**
   * @param allowed how many bytes may pass; one more is an error
   */
  Relay(SocketChannel from, SocketChannel to, long allowed, Optional<CloseMarker> marker) {
    this.from = from;
    this.to = to;
    this.allowed = allowed;
    this.marker = marker;
  }

  /** Sends this before anything else. */
  void begin(byte[] head, byte[] body) throws IOException {
    count(body.length);
    ByteBuffer first = ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
    write(first);
  }

  /** Moves what there is; the buffer is only borrowed. */
  void pump(ByteBuffer shared) throws IOException {
    ByteBuffer waiting = pending;
    if (waiting != null) {
      to.write(waiting);
      if (waiting.hasRemaining()) {
        return;
      }
      pending = null;
    }
    for (int i = 0; i < ROUNDS && wantsToRead(); i++) {
      shared.clear();
      int read = from.read(shared);
      if (read <= 0) {
        ended = read < 0;
        return;
      }
      shared.flip();
      count(read);
      write(marker.isPresent() ? marker.get().mark(shared) : shared);
    }
  }

  private void count(int bytes) throws ProtocolException {
    allowed -= bytes;
    if (allowed < 0) {
      throw new ProtocolException("more than one request");
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    to.write(bytes);
    if (bytes.hasRemaining()) {
      pending = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }
  }

  boolean wantsToRead() {
    return pending == null && !ended;
  }

  boolean wantsToWrite() {
    return pending != null;
  }

  /** Whether the side that is read from has ended. */
  boolean hasEnded() {
    return ended;
  }
}
