package io.trigrun.workflow;

import io.trigrun.spi.JobStore;
import io.trigrun.spi.StoreException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * A store as a node sees it that dies around its nth call: that call takes effect or not, and from
 * then on nothing the node does reaches the store.
 */
final class MortalStore implements InvocationHandler {

  /** What no execution depends on. */
  private static final Set<String> SPARED = Set.of("subscribe", "now", "close", "revision");

  private final JobStore real;
  private final int diesAt;
  private final boolean afterItsEffect;
  private int calls;
  private boolean killed;

  MortalStore(JobStore real, int diesAt, boolean afterItsEffect) {
    this.real = real;
    this.diesAt = diesAt;
    this.afterItsEffect = afterItsEffect;
  }

  JobStore store() {
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, this);
  }

  synchronized int calls() {
    return calls;
  }

  /** It dies here and now. */
  synchronized boolean kill() {
    killed = true;
    return true;
  }

  synchronized boolean isDead() {
    return killed || calls >= diesAt;
  }

  @Override
  public synchronized Object invoke(Object proxy, Method method, Object[] arguments)
      throws Throwable {
    if (SPARED.contains(method.getName())) {
      return call(method, arguments);
    }
    if (isDead()) {
      throw dead(method);
    }
    calls++;
    if (calls == diesAt && !afterItsEffect) {
      throw dead(method);
    }
    Object result = call(method, arguments);
    if (calls == diesAt) {
      throw dead(method);
    }
    return result;
  }

  private static StoreException dead(Method method) {
    return StoreException.unavailable(
        method.getName() + " does not work", new IllegalStateException("the node is dead"));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
