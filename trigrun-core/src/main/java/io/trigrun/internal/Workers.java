package io.trigrun.internal;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The only place that knows whether the JVM has virtual threads (row S29). */
final class Workers {

  private static final String NAME = "trigrun-worker-";
  private static final String CALLER = "trigrun-caller-";
  private static final long IDLE_SECONDS = 30;

  /** How many platform threads may wait for HTTP answers at once; calls beyond hold none. */
  private static final int MOST_WAITING = 64;

  private Workers() {}

  /**
   * Threads for handlers: a virtual one each where the JVM has them, else a pool that grows with
   * the permits in use. Permits bound what is submitted, so nothing is ever refused.
   */
  static ExecutorService create() {
    try {
      return virtual(NAME);
    } catch (ReflectiveOperationException noneBefore21) {
      return new ThreadPoolExecutor(
          0,
          // Not the permits: a worker gives its permit back a moment before it is idle.
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          platform(NAME));
    }
  }

  /**
   * Threads that start asynchronous handlers and take up what those leave. Virtual ones may all
   * wait for what they have started. Of platform threads a bounded number may, and a few are left
   * for the rest: thousands of calls may begin or end at once, and must not become thousands of
   * threads.
   */
  static Callers callers() {
    try {
      return new Callers(virtual(CALLER), Integer.MAX_VALUE);
    } catch (ReflectiveOperationException noneBefore21) {
      int free = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
      ThreadPoolExecutor threads =
          new ThreadPoolExecutor(
              free + MOST_WAITING,
              free + MOST_WAITING,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              platform(CALLER));
      threads.allowCoreThreadTimeOut(true);
      return new Callers(threads, MOST_WAITING);
    }
  }

  /** A thread for one thing to be done, by a node that may not be started and so has no other. */
  static void once(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static ExecutorService virtual(String name) throws ReflectiveOperationException {
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    Class<?> type = Class.forName("java.lang.Thread$Builder");
    type.getMethod("name", String.class, long.class).invoke(builder, name, 0L);
    Object factory = type.getMethod("factory").invoke(builder);
    Method create = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
    return (ExecutorService) create.invoke(null, factory);
  }

  private static ThreadFactory platform(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + count.getAndIncrement());
      thread.setDaemon(true);
      return thread;
    };
  }
}
