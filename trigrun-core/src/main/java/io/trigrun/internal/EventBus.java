package io.trigrun.internal;

import io.trigrun.event.TrigRunEvent;
import io.trigrun.event.TrigRunListener;
import io.trigrun.spi.Subscription;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, in order, on a thread of its own once started; before that at once. */
public final class EventBus {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.listener");
  private static final int CAPACITY = 10_000;
  private static final long LAST_WORDS_NANOS = 1_000_000_000;

  private final List<TrigRunListener> listeners = new CopyOnWriteArrayList<>();
  private final BlockingQueue<TrigRunEvent> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private final Loop loop = new Loop("trigrun-events", this::tellNext);
  private volatile boolean started;
  private boolean looping;

  public EventBus(List<TrigRunListener> listeners) {
    this.listeners.addAll(listeners);
  }

  synchronized void start() {
    started = true;
    startLoop();
  }

  /** Its thread is there from the moment that it is needed. */
  private void startLoop() {
    if (started && !looping && !listeners.isEmpty()) {
      looping = true;
      loop.start();
    }
  }

  /** Tells one more, from now on, until the subscription is closed. */
  public synchronized Subscription add(TrigRunListener listener) {
    TrigRunListener once = event -> listener.on(event); // the same one may be added twice
    listeners.add(once);
    startLoop();
    return () -> listeners.remove(once);
  }

  boolean isSilent() {
    return listeners.isEmpty();
  }

  void tell(TrigRunEvent event) {
    if (listeners.isEmpty()) {
      return;
    }
    if (!started) {
      listeners.forEach(listener -> tell(listener, event));
    } else if (!waiting.offer(event) && dropped.incrementAndGet() == 1) {
      LOG.warn("Listeners are slower than events come: {} wait, newer ones are dropped", CAPACITY);
    }
  }

  private void tellNext() throws InterruptedException {
    TrigRunEvent event = loop.await(waiting::take);
    listeners.forEach(listener -> tell(listener, event));
    if (waiting.isEmpty()) {
      long lost = dropped.getAndSet(0);
      if (lost > 0) {
        LOG.warn("{} events were dropped because listeners were too slow", lost);
      }
    }
  }

  private static void tell(TrigRunListener listener, TrigRunEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException | Error e) {
      LOG.warn("A listener threw on {}", event.getClass().getSimpleName(), e);
    }
  }

  /**
   * Tells what is waiting, for a second at most, then ends. A listener that hangs is left to
   * itself.
   */
  void stop() {
    loop.stop();
    started = false;
    long since = System.nanoTime();
    while (!loop.isAlive() && System.nanoTime() - since < LAST_WORDS_NANOS) {
      TrigRunEvent event = waiting.poll();
      if (event == null) {
        return;
      }
      listeners.forEach(listener -> tell(listener, event));
    }
    if (!waiting.isEmpty()) {
      LOG.warn("{} events are not told: listeners are too slow for the node's end", waiting.size());
    }
  }
}
