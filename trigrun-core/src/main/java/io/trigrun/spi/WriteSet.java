package io.trigrun.spi;

import java.util.ArrayList;
import java.util.List;

/**
 * What is stored together or not at all. Definition writes come first, then cancellations, then
 * what is enqueued.
 *
 * @param enqueue executions to add; a duplicate is reported and refuses nothing
 * @param definitions if one of them is refused, so is the set
 * @param cancel executions to take back
 */
public record WriteSet(
    List<NewExecution> enqueue, List<DefinitionWrite> definitions, List<Cancellation> cancel) {

  private static final WriteSet EMPTY = new WriteSet(List.of(), List.of(), List.of());

  public WriteSet {
    enqueue = List.copyOf(enqueue);
    definitions = List.copyOf(definitions);
    cancel = List.copyOf(cancel);
  }

  public static WriteSet empty() {
    return EMPTY;
  }

  public static WriteSet enqueue(List<NewExecution> executions) {
    return new WriteSet(executions, List.of(), List.of());
  }

  public static WriteSet save(Definition definition) {
    return save(definition, Integer.MAX_VALUE);
  }

  /** As {@link DefinitionWrite.Save}: a creation is refused if there are more than {@code most}. */
  public static WriteSet save(Definition definition, int most) {
    return new WriteSet(List.of(), List.of(new DefinitionWrite.Save(definition, most)), List.of());
  }

  public boolean isEmpty() {
    return enqueue.isEmpty() && definitions.isEmpty() && cancel.isEmpty();
  }

  /** All of this and all of the other. */
  public WriteSet plus(WriteSet other) {
    if (isEmpty()) {
      return other;
    }
    return other.isEmpty()
        ? this
        : new WriteSet(
            join(enqueue, other.enqueue),
            join(definitions, other.definitions),
            join(cancel, other.cancel));
  }

  private static <T> List<T> join(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
