package io.trigrun.examples.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;

/**
 * Sends as wrk does: one thread, some connections, on each the next request as soon as the last one
 * is answered. Answers each line {@code port seconds connections secret target,target,...} with
 * three: figures, and the numbers that were accepted and those of unknown fate, in Base64.
 */
public final class LoadGenerator {

  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final InetSocketAddress server;
  private final Selector selector;
  private final List<String> targets;
  private final String secret;
  private final Tally tally = new Tally();
  private int opened;

  private LoadGenerator(int port, String secret, List<String> targets) throws IOException {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.secret = secret;
    this.targets = targets;
    this.selector = Selector.open();
  }

  public static void main(String[] args) throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      String[] words = line.split(" ", -1);
      LoadGenerator load =
          new LoadGenerator(Integer.parseInt(words[0]), words[3], List.of(words[4].split(",", -1)));
      Tally tally = load.run(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      System.out.println(tally.line());
      System.out.println(text(tally.accepted()));
      System.out.println(text(tally.unknown()));
    }
  }

  private static String text(BitSet numbers) {
    return Base64.getEncoder().encodeToString(numbers.toByteArray());
  }

  private Tally run(int seconds, int connections) throws IOException {
    try (selector) {
      long start = System.nanoTime();
      long end = start + seconds * 1_000_000_000L;
      for (int i = 0; i < connections; i++) {
        open().sendNext();
      }
      while (System.nanoTime() < end) {
        turn(true);
      }
      tally.lasted(System.nanoTime() - start);
      while (isWaiting() && System.nanoTime() < end + PATIENCE_NANOS) {
        turn(false);
      }
      for (SelectionKey key : selector.keys()) {
        ((LoadConnection) key.attachment()).close();
      }
      return tally;
    }
  }

  private LoadConnection open() throws IOException {
    String target = targets.get(opened++ % targets.size());
    return LoadConnection.open(selector, server, new SignedDelivery(target, secret), tally);
  }

  private boolean isWaiting() {
    return selector.keys().stream()
        .anyMatch(key -> key.isValid() && ((LoadConnection) key.attachment()).isWaiting());
  }

  private void turn(boolean goesOn) throws IOException {
    selector.select(100);
    for (SelectionKey key : selector.selectedKeys()) {
      LoadConnection connection = (LoadConnection) key.attachment();
      try {
        if (connection.read() && goesOn) {
          connection.sendNext();
        }
      } catch (IOException e) {
        connection.close();
        if (goesOn) {
          open().sendNext();
        }
      }
    }
    selector.selectedKeys().clear();
  }
}
