package io.trigrun.workflow;

import io.trigrun.spi.Claim;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.WriteSet;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** A store as one node sees it: tells what it has claimed, and lets others be a little faster. */
final class WatchedStore {

  /** What the node has claimed, in order. */
  final List<UUID> claimed = Collections.synchronizedList(new ArrayList<>());

  /** Each happens once, between a look at the store and the cancellations that follow from it. */
  final Deque<Runnable> beforeCancellations = new ArrayDeque<>();

  /** Each happens once, as soon as somebody was woken. */
  final Deque<Runnable> afterWakeUps = new ArrayDeque<>();

  private final JobStore real;

  WatchedStore(JobStore real) {
    this.real = real;
  }

  JobStore store() {
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(),
            new Class<?>[] {JobStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("write") && cancels(arguments)) {
                next(beforeCancellations);
              }
              Object result;
              try {
                result = method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
              if (result instanceof Claim claim) {
                claim.executions().forEach(each -> claimed.add(each.execution().id()));
              }
              if (method.getName().equals("wake")) {
                next(afterWakeUps);
              }
              return result;
            });
  }

  private static boolean cancels(Object[] arguments) {
    return Arrays.stream(arguments)
        .anyMatch(each -> each instanceof WriteSet writes && !writes.cancel().isEmpty());
  }

  private static void next(Deque<Runnable> events) {
    Runnable event = events.poll();
    if (event != null) {
      event.run();
    }
  }
}
