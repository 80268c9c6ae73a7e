package io.trigrun.workflow.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a run does and when, in no particular order. */
final class Timeline {

  enum Kind {
    /** A step has gone a way, or begun with so many elements. */
    WAY,
    /** A step has ended. */
    END,
    /** An attempt has failed, and there is another. */
    RETRY,
    /** A handler is called. */
    CALL,
    /** A step waits. */
    WAIT,
    /** A wait would end by an answer, whether anybody still waits or not. */
    ANSWER,
    /** A wait that was given up is closed, and was answered before that. */
    CLOSED,
    /** A value is put into the context. */
    WRITE
  }

  /**
   * Something.
   *
   * @param until how long it goes on, for what does
   * @param place in the definition, outermost first: the order within a walk
   * @param key of the step or of the context
   * @param text as it is compared
   */
  record Entry(
      Kind kind,
      Moment at,
      Moment until,
      List<Integer> place,
      String key,
      String text,
      JsonNode value) {}

  private static final Comparator<List<Integer>> PLACES =
      (one, other) -> {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
          int order = Integer.compare(one.get(i), other.get(i));
          if (order != 0) {
            return order;
          }
        }
        return Integer.compare(one.size(), other.size());
      };

  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::at)
          .thenComparing(entry -> entry.kind() == Kind.CLOSED) // after the walk
          .thenComparing(Entry::place, PLACES);

  private static final Set<Kind> JOURNAL = EnumSet.of(Kind.END, Kind.RETRY, Kind.CLOSED);

  private final List<Entry> entries = new ArrayList<>();

  int size() {
    return entries.size();
  }

  void add(Entry entry) {
    entries.add(entry);
  }

  /**
   * Takes back what was not to be any more: of the walk of that moment, what is at the place and
   * before it remains, but the handlers that it called are not called.
   *
   * @param from how much there was before those who are given up
   */
  void cut(int from, Moment at, List<Integer> place) {
    List<Entry> rest = List.copyOf(entries.subList(from, entries.size()));
    entries.subList(from, entries.size()).clear();
    for (Entry entry : rest) {
      if (remains(entry, at, place)) {
        entries.add(
            new Entry(
                entry.kind(),
                entry.at(),
                entry.until().isBefore(at) ? entry.until() : at,
                entry.place(),
                entry.key(),
                entry.text(),
                entry.value()));
      }
    }
  }

  private static boolean remains(Entry entry, Moment at, List<Integer> place) {
    int order = entry.at().compareTo(at);
    boolean isLater = entry.kind() == Kind.CALL;
    return order < 0 || (order == 0 && !isLater && PLACES.compare(entry.place(), place) <= 0);
  }

  /** As {@link #cut}, in a run that goes on: who has answered what is given up counts there. */
  void join(int from, Moment at, List<Integer> place) {
    List<Entry> rest = List.copyOf(entries.subList(from, entries.size()));
    cut(from, at, place);
    rest.stream()
        .filter(wait -> wait.kind() == Kind.WAIT && remains(wait, at, place))
        .flatMap(
            wait ->
                rest.stream()
                    .filter(it -> it.kind() == Kind.ANSWER && it.key().equals(wait.key()))
                    .filter(it -> !remains(it, at, place)))
        .forEach(it -> add(new Entry(Kind.CLOSED, at, at, place, it.key(), it.text(), it.value())));
  }

  /** Takes back all but the calls of one walk: it was never recorded, but they were made. */
  void keepCalls(int from, Moment walk) {
    List<Entry> calls =
        entries.subList(from, entries.size()).stream()
            .filter(entry -> entry.kind() == Kind.CALL && entry.at().equals(walk))
            .toList();
    entries.subList(from, entries.size()).clear();
    entries.addAll(calls);
  }

  Stream<Entry> of(Kind kind) {
    return entries.stream().filter(entry -> entry.kind() == kind).sorted(ORDER);
  }

  long count(Kind kind, String key) {
    return of(kind).filter(entry -> entry.key().equals(key)).count();
  }

  Optional<Entry> latest(Kind kind, String key) {
    return of(kind).filter(entry -> entry.key().equals(key)).reduce((one, other) -> other);
  }

  /** What the journal of the run has at a moment. */
  List<Entry> journal(Moment now) {
    return entries.stream()
        .filter(entry -> JOURNAL.contains(entry.kind()))
        .filter(entry -> !now.isBefore(entry.at()))
        .sorted(ORDER)
        .toList();
  }

  Stream<Entry> waiting(Moment now) {
    return of(Kind.WAIT).filter(it -> !now.isBefore(it.at()) && now.isBefore(it.until()));
  }
}
