package io.trigrun.examples.benchmarks.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Many calls by some threads, each of which takes the next number. */
final class OnThreads {

  private OnThreads() {}

  /** Calls for each number from 0 on; returns when all calls have. */
  static void run(int threads, int count, IntConsumer call) throws Exception {
    AtomicInteger next = new AtomicInteger();
    Callable<Void> loop =
        () -> {
          for (int number = next.getAndIncrement();
              number < count;
              number = next.getAndIncrement()) {
            call.accept(number);
          }
          return null;
        };
    List<Callable<Void>> loops = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      loops.add(loop);
    }
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Void> each : executor.invokeAll(loops)) {
        each.get();
      }
    } finally {
      executor.shutdown();
    }
  }
}
