package io.trigrun.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Many threads that start at the same moment. The only class of the contract with threads. */
public final class Crowd {

  private static final int LONGEST_SECONDS = 60;

  private Crowd() {}

  /** Has each member do its part, and returns what they brought; fails if one of them fails. */
  public static <T> List<T> rush(int size, IntFunction<T> part) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      CyclicBarrier start = new CyclicBarrier(size);
      List<Callable<T>> parts = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        int member = i;
        parts.add(
            () -> {
              start.await(LONGEST_SECONDS, TimeUnit.SECONDS);
              return part.apply(member);
            });
      }
      List<T> brought = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(parts, LONGEST_SECONDS, TimeUnit.SECONDS)) {
        brought.add(future.get());
      }
      return brought;
    } catch (ExecutionException e) {
      throw new AssertionError("expected every thread to succeed, got " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }
}
