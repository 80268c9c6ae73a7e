package io.trigrun.workflow.internal.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** The attempts of a run that are under way. Used by the run's own thread. */
final class Tasks implements AutoCloseable {

  /** An attempt that has ended. */
  record Ended(String key, TaskResult result) {}

  private final BiFunction<Task, Boolean, CompletableFuture<TaskResult>> starter;
  private final Map<String, CompletableFuture<TaskResult>> underWay = new HashMap<>();
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

  /**
   * @param starter starts an attempt; told whether it may keep the calling thread until that ends
   */
  Tasks(BiFunction<Task, Boolean, CompletableFuture<TaskResult>> starter) {
    this.starter = starter;
  }

  boolean isIdle() {
    return underWay.isEmpty();
  }

  /**
   * Starts attempts.
   *
   * @param mayWait whether the thread has nothing else to look after
   */
  void start(List<Task> tasks, boolean mayWait) {
    for (Task task : tasks) {
      CompletableFuture<TaskResult> result =
          starter.apply(task, mayWait && tasks.size() == 1 && isIdle());
      underWay.put(task.key(), result);
      var unused =
          result.whenComplete((value, error) -> ended.add(new Ended(task.key(), of(value, error))));
    }
  }

  private static TaskResult of(TaskResult value, Throwable error) {
    if (value != null) {
      return value;
    }
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    String message =
        cause instanceof CancellationException ? "it was given up" : String.valueOf(cause);
    return new TaskResult.Failed(
        StepFailure.of("INTERRUPTED", message), true, java.util.Optional.empty());
  }

  /** Waits for one to end, at most as long as given; takes those with it that have ended, too. */
  List<Ended> await(Duration limit) throws InterruptedException {
    List<Ended> all = new ArrayList<>();
    Ended first = ended.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (first != null) {
      all.add(first);
      ended.drainTo(all);
    }
    List<Ended> wanted = new ArrayList<>();
    for (Ended one : all) {
      if (underWay.remove(one.key()) != null) {
        wanted.add(one);
      }
    }
    return wanted;
  }

  void giveUp(List<String> keys) {
    for (String key : keys) {
      CompletableFuture<TaskResult> task = underWay.remove(key);
      if (task != null) {
        task.cancel(true);
      }
    }
  }

  /** Gives up what is still under way. */
  @Override
  public void close() {
    giveUp(List.copyOf(underWay.keySet()));
  }
}
