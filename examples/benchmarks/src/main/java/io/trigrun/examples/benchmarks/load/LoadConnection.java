package io.trigrun.examples.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/** A connection that is kept alive, with one request on its way at a time. */
final class LoadConnection {

  /** One of so many is sent a second time, as senders do that were not sure. */
  private static final int REPEAT_EVERY = 50;

  private static final int BUFFER = 16_384;
  private static final String LENGTH = "\r\ncontent-length:";

  private final SocketChannel channel;
  private final SignedDelivery delivery;
  private final Tally tally;
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
  private int number;
  private int sent;
  private boolean isRepeat;
  private boolean isWaiting;
  private long sentAt;

  private LoadConnection(SocketChannel channel, SignedDelivery delivery, Tally tally) {
    this.channel = channel;
    this.delivery = delivery;
    this.tally = tally;
  }

  static LoadConnection open(
      Selector selector, InetSocketAddress server, SignedDelivery delivery, Tally tally)
      throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    LoadConnection connection = new LoadConnection(channel, delivery, tally);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  boolean isWaiting() {
    return isWaiting;
  }

  void sendNext() throws IOException {
    isRepeat = !isRepeat && sent > 0 && sent % REPEAT_EVERY == 0 && tally.accepted().get(number);
    if (!isRepeat) {
      number = tally.nextNumber();
      sent++;
    }
    out.clear();
    delivery.put(out, number);
    out.flip();
    sentAt = System.nanoTime();
    isWaiting = true;
    while (out.hasRemaining()) { // some hundred bytes into an empty buffer: goes in at once
      if (channel.write(out) == 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** Whether an answer is complete now. */
  boolean read() throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("expected an answer, got the end of the connection");
    }
    String text = new String(in.array(), 0, in.position(), US_ASCII);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0 || in.position() < end + 4 + bodyLength(text.substring(0, end + 2))) {
      return false;
    }
    int status = Integer.parseInt(text.substring(9, 12));
    tally.answered(number, isRepeat, status, System.nanoTime() - sentAt);
    isWaiting = false;
    in.clear();
    return true;
  }

  private static int bodyLength(String head) {
    int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
    if (at < 0) {
      return 0;
    }
    int from = at + LENGTH.length();
    return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
  }

  void close() throws IOException {
    if (isWaiting) {
      tally.broke(number, isRepeat);
      isWaiting = false;
    }
    channel.close();
  }
}
