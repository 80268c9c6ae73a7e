package io.trigrun.jdbc;

import io.trigrun.spi.Concurrency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many rows wait for a slot of one concurrency key, by lane. */
final class Lanes {

  /**
   * Rows that only differ in when they are due. A freed slot calls back the first of each lane: no
   * lane may wait behind a row that its own nodes can't run, that is not due for them yet or that
   * has a smaller limit.
   */
  record Lane(String queue, String handler, int priority, int limit) {

    static Lane of(ExecutionRow row) {
      return new Lane(
          row.origin.queue(),
          row.origin.handler(),
          row.origin.priority().level(),
          row.origin.concurrency().map(Concurrency::limit).orElse(0));
    }
  }

  private static final int LINES = 5;

  private final Map<Lane, Integer> blocked = new LinkedHashMap<>();

  static Lanes parse(String text) {
    Lanes lanes = new Lanes();
    List<String> lines = Lines.split(text);
    for (int i = 0; i + LINES <= lines.size(); i += LINES) {
      Lane lane =
          new Lane(
              lines.get(i),
              lines.get(i + 1),
              Integer.parseInt(lines.get(i + 2)),
              Integer.parseInt(lines.get(i + 3)));
      lanes.blocked.put(lane, Integer.valueOf(lines.get(i + 4)));
    }
    return lanes;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    blocked.forEach(
        (lane, count) -> {
          lines.add(lane.queue());
          lines.add(lane.handler());
          lines.add(Integer.toString(lane.priority()));
          lines.add(Integer.toString(lane.limit()));
          lines.add(Integer.toString(count));
        });
    return Lines.join(lines);
  }

  void add(Lane lane) {
    blocked.merge(lane, 1, Integer::sum);
  }

  void remove(Lane lane) {
    blocked.computeIfPresent(lane, (l, count) -> count == 1 ? null : count - 1);
  }

  boolean isEmpty() {
    return blocked.isEmpty();
  }

  /** The lanes whose limit leaves room beside those that have begun. */
  List<Lane> withRoom(int taken) {
    return blocked.keySet().stream().filter(lane -> lane.limit() > taken).toList();
  }
}
