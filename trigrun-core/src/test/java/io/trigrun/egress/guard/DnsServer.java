package io.trigrun.egress.guard;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A DNS server (RFC 1035 4) on a UDP port of loopback that may give another answer each time it is
 * asked, all of them with a time to live of 0: what somebody who rebinds a name runs.
 */
public final class DnsServer implements AutoCloseable {
  private static final int A = 1;
  private static final int AAAA = 28;
  private static final int NAME_ERROR = 3;
  private static final int RESPONSE_AUTHORITATIVE = 0x8400;

  /** The name in the question, which begins behind the 12 bytes of the header (RFC 1035 4.1.4). */
  private static final short NAME_OF_QUESTION = (short) 0xC00C;

  /** The text is what was sent. */
  private record Question(String name, int type, ByteBuffer text) {}

  private final DatagramSocket socket;
  private final Map<String, Queue<List<InetAddress>>> answers = new ConcurrentHashMap<>();

  /** What it was asked: {@code A public.example}. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /** Starts it. */
  public DnsServer() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread thread = new Thread(this::serve, "dns-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Where it listens. */
  public int port() {
    return socket.getLocalPort();
  }

  /**
   * The IPv4 or IPv6 addresses of a name, one record set (separated by spaces) for each time its
   * kind is asked for; the last stays.
   */
  public DnsServer answers(String name, String... sets) throws IOException {
    Queue<List<InetAddress>> queue = new ArrayDeque<>();
    int type = A;
    for (String set : sets) {
      List<InetAddress> records = new ArrayList<>();
      for (String literal : set.split(" ", -1)) {
        InetAddress address = InetAddress.getByName(literal);
        type = address.getAddress().length == 4 ? A : AAAA;
        records.add(address);
      }
      queue.add(records);
    }
    answers.put(key(type, name), queue);
    return this;
  }

  private static String key(int type, String name) {
    return (type == A ? "A " : type == AAAA ? "AAAA " : type + " ") + name;
  }

  private void serve() {
    byte[] buffer = new byte[512];
    while (!socket.isClosed()) {
      DatagramPacket query = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(query);
        byte[] answer = answer(ByteBuffer.wrap(query.getData(), 0, query.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private byte[] answer(ByteBuffer query) {
    short id = query.getShort(0);
    Question question = question(query);
    asked.add(key(question.type(), question.name()));
    List<InetAddress> records = next(question);
    ByteBuffer answer = ByteBuffer.allocate(512);
    answer.putShort(id);
    answer.putShort((short) (RESPONSE_AUTHORITATIVE | (isKnown(question.name()) ? 0 : NAME_ERROR)));
    answer.putShort((short) 1).putShort((short) records.size()).putInt(0);
    answer.put(question.text());
    for (InetAddress record : records) {
      byte[] address = record.getAddress();
      answer.putShort(NAME_OF_QUESTION).putShort((short) question.type()).putShort((short) 1);
      answer.putInt(0).putShort((short) address.length).put(address);
    }
    byte[] bytes = new byte[answer.position()];
    answer.flip().get(bytes);
    return bytes;
  }

  private static Question question(ByteBuffer query) {
    query.position(12);
    StringBuilder name = new StringBuilder();
    for (int length = query.get(); length > 0; length = query.get()) {
      byte[] label = new byte[length];
      query.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, US_ASCII));
    }
    int type = query.getShort();
    query.getShort(); // the class, which is IN
    ByteBuffer text = query.slice(12, query.position() - 12);
    return new Question(name.toString().toLowerCase(Locale.ROOT), type, text);
  }

  private List<InetAddress> next(Question question) {
    Queue<List<InetAddress>> queue = answers.get(key(question.type(), question.name()));
    if (queue == null) {
      return List.of();
    }
    return queue.size() > 1 ? queue.remove() : queue.element();
  }

  private boolean isKnown(String name) {
    return answers.containsKey(key(A, name)) || answers.containsKey(key(AAAA, name));
  }

  @Override
  public void close() {
    socket.close();
  }
}
