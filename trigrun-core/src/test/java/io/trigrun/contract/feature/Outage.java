package io.trigrun.contract.feature;

import io.trigrun.spi.JobStore;
import io.trigrun.spi.StoreException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Wraps a store and fails the operations a test names, before or after their effect. */
final class Outage implements InvocationHandler {

  private final JobStore real;
  private final Set<String> down = ConcurrentHashMap.newKeySet();
  private final AtomicInteger lostAcknowledgements = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile String losing = "";
  private volatile Predicate<Object> poison = argument -> false;

  Outage(JobStore real) {
    this.real = real;
  }

  JobStore store() {
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, this);
  }

  /** These operations fail from now on, without an effect. */
  void begin(String... operations) {
    down.addAll(Set.of(operations));
  }

  void end() {
    down.clear();
  }

  /** The next calls of an operation take effect and fail all the same. */
  void loseAcknowledgements(String operation, int count) {
    losing = operation;
    lostAcknowledgements.set(count);
  }

  /** Apply refuses whatever holds such an argument. */
  void refuse(Predicate<Object> argument) {
    poison = argument;
  }

  int failures() {
    return failures.get();
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    String name = method.getName();
    if (down.contains(name)) {
      failures.incrementAndGet();
      throw StoreException.unavailable(name + " does not work", new IllegalStateException("down"));
    }
    if (name.equals("apply") && poison.test(arguments[arguments.length - 1])) {
      throw StoreException.refused("can't hold that", new IllegalStateException("poison"));
    }
    Object result = call(method, arguments);
    if (name.equals(losing) && lostAcknowledgements.getAndDecrement() > 0) {
      failures.incrementAndGet();
      throw StoreException.unavailable(name + " was not confirmed", new IllegalStateException());
    }
    return result;
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
