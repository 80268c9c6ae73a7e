package io.trigrun.contract.feature;

import io.trigrun.event.TrigRunEvent;
import io.trigrun.event.TrigRunListener;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A listener that a test can wait on, and count by. */
final class Watch implements TrigRunListener {

  private final BlockingQueue<TrigRunEvent> events = new LinkedBlockingQueue<>();
  private final List<TrigRunEvent> all = new CopyOnWriteArrayList<>();

  @Override
  public void on(TrigRunEvent event) {
    all.add(event);
    events.add(event);
  }

  /** The next event of a kind; others are passed over. */
  <E extends TrigRunEvent> E next(Class<E> kind) throws InterruptedException {
    return next(kind, event -> true);
  }

  /** The next event of a kind that fits; others are passed over. */
  <E extends TrigRunEvent> E next(Class<E> kind, Predicate<E> fits) throws InterruptedException {
    long deadline = System.nanoTime() + FeatureTest.PATIENCE.toNanos();
    while (true) {
      TrigRunEvent event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new AssertionError("expected a " + kind.getSimpleName() + ", got only " + all);
      }
      if (kind.isInstance(event) && fits.test(kind.cast(event))) {
        return kind.cast(event);
      }
    }
  }

  /** Waits until so many executions have ended, in whichever way. */
  void awaitEnded(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      TrigRunEvent.AttemptEnded ignored =
          next(TrigRunEvent.AttemptEnded.class, end -> end.execution().state().isFinal());
    }
  }

  <E extends TrigRunEvent> List<E> all(Class<E> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
