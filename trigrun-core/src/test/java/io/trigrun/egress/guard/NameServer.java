package io.trigrun.egress.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server of the test's own, which may say something else each time it is asked. */
public final class NameServer implements NameResolver {
  private final Map<String, Queue<List<InetAddress>>> answers = new ConcurrentHashMap<>();

  /** The names it was asked for. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /** The next answer for a name; the last one stays. Several addresses are separated by spaces. */
  public NameServer answers(String name, String... addresses) {
    Queue<List<InetAddress>> queue = new ArrayDeque<>();
    for (String each : addresses) {
      List<InetAddress> found = new ArrayList<>();
      for (String address : each.split(" ", -1)) {
        found.add(address(address));
      }
      queue.add(found);
    }
    answers.put(name, queue);
    return this;
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getAllByName(literal)[0];
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public synchronized List<InetAddress> resolve(String host) throws UnknownHostException {
    asked.add(host);
    Queue<List<InetAddress>> queue = answers.get(host);
    if (queue == null) {
      throw new UnknownHostException(host);
    }
    return queue.size() > 1 ? queue.remove() : queue.element();
  }
}
