package io.trigrun.workflow.model;

import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.spi.Applied;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.Transition;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/** A store that keeps what it has while nodes that use it lose their leases. */
final class DyingStore {

  private final JobStore inner = new InMemoryJobStore();
  private final Consumer<String> checkpoints;
  private int survives = -1;
  private boolean isDead;

  /**
   * @param checkpoints sees each that is stored
   */
  DyingStore(Consumer<String> checkpoints) {
    this.checkpoints = checkpoints;
  }

  JobStore store() {
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(),
            new Class<?>[] {JobStore.class},
            (proxy, method, args) -> call(method, args == null ? new Object[0] : args));
  }

  private Object call(Method method, Object[] args) throws Throwable {
    if (method.getName().equals("apply")) {
      List<?> transitions = (List<?>) args[args.length - 1];
      if (isDead || dies()) {
        return transitions.stream().map(it -> new Applied.LeaseLost()).toList();
      }
      transitions.forEach(it -> ((Transition) it).checkpoint().ifPresent(checkpoints));
    }
    try {
      return method.invoke(inner, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private boolean dies() {
    isDead = survives == 0;
    survives--;
    return isDead;
  }

  /** The node dies after as many more records; never if negative. */
  void survives(int records) {
    survives = records;
  }

  boolean isDead() {
    return isDead;
  }

  /** Another node has it. */
  void recover() {
    isDead = false;
    survives = -1;
  }
}
