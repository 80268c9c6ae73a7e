package io.trigrun.chaos;

import io.trigrun.spi.JobStore;
import io.trigrun.spi.StoreException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store that fails at one call: once, or for ever, as a process finds it that dies there. Counts
 * the calls, so that a run without a failure tells where the next ones may fail.
 */
final class FailpointStore implements InvocationHandler {

  /** A call, by its operation and how many of that came before. */
  record Site(String operation, int before) {}

  /** How a call fails. */
  enum Mode {
    /** It has no effect, and there is no other. */
    DIES_BEFORE,
    /** It has its effect, but nobody hears of that, and there is no other. */
    DIES_AFTER,
    /** It has no effect; the next ones do. */
    FAILS,
    /** It has its effect, but nobody hears of that. */
    LOSES_ACKNOWLEDGEMENT;

    boolean isDeath() {
      return this == DIES_BEFORE || this == DIES_AFTER;
    }
  }

  /** What a dead process would say. Nothing that the engine could deal with. */
  static final class Dead extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What is no call of the store: the failpoints of its clock are those of faulty connections. */
  private static final Set<String> SPARED =
      Set.of("subscribe", "now", "close", "toString", "hashCode", "equals");

  private final JobStore real;
  private final @Nullable Site site;
  private final Mode mode;
  private final List<String> calls = new ArrayList<>();
  private final boolean silent;
  private boolean struck;

  private FailpointStore(JobStore real, @Nullable Site site, Mode mode, boolean silent) {
    this.real = real;
    this.site = site;
    this.mode = mode;
    this.silent = silent;
  }

  /** One that never fails. */
  static FailpointStore counting(JobStore real) {
    return new FailpointStore(real, null, Mode.FAILS, false);
  }

  static FailpointStore failing(JobStore real, Site site, Mode mode) {
    return new FailpointStore(real, site, mode, false);
  }

  /** For an engine with threads: the dead one's take death for an outage, and back off for good. */
  static FailpointStore silent(JobStore real, Site site, Mode mode) {
    return new FailpointStore(real, site, mode, true);
  }

  JobStore store() {
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, this);
  }

  /** Where it was called, in this order. */
  synchronized List<Site> sites() {
    List<Site> sites = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      String operation = calls.get(i);
      long before = calls.subList(0, i).stream().filter(operation::equals).count();
      sites.add(new Site(operation, (int) before));
    }
    return sites;
  }

  synchronized boolean hasStruck() {
    return struck;
  }

  synchronized boolean isDead() {
    return struck && mode.isDeath();
  }

  private RuntimeException dead() {
    if (!silent) {
      throw new Dead();
    }
    return StoreException.unavailable("dead", new IllegalStateException());
  }

  /** Whether to fail before, or after, this call. */
  private synchronized boolean strikes(String operation) {
    if (isDead()) {
      throw dead();
    }
    int before = (int) calls.stream().filter(operation::equals).count();
    calls.add(operation);
    boolean strikes = site != null && site.equals(new Site(operation, before));
    struck |= strikes;
    return strikes;
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] values)
      throws Throwable {
    boolean strikes = !SPARED.contains(method.getName()) && strikes(method.getName());
    if (strikes && mode == Mode.DIES_BEFORE) {
      throw dead();
    }
    if (strikes && mode == Mode.FAILS) {
      throw StoreException.unavailable("did nothing", new IllegalStateException());
    }
    Object answer = call(method, values);
    if (strikes && mode == Mode.DIES_AFTER) {
      throw dead();
    }
    if (strikes && mode == Mode.LOSES_ACKNOWLEDGEMENT) {
      throw StoreException.unavailable("did it, perhaps", new IllegalStateException());
    }
    return answer;
  }

  private @Nullable Object call(Method method, @Nullable Object @Nullable [] values)
      throws Throwable {
    try {
      return method.invoke(real, values);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
