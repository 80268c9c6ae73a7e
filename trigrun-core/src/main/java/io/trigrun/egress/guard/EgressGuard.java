package io.trigrun.egress.guard;

import io.trigrun.egress.EgressPolicy;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The proxy on a loopback port: one thread for all connections, and a few that wait for name
 * servers. Opened when it is first needed. Whoever else on this machine finds the port lacks a
 * {@link Pass}, and is hung up on. Thread-safe. The only class here that starts threads.
 */
public final class EgressGuard implements AutoCloseable {
  static final String SCHEME = "TrigRun ";

  private final Vetting vetting;
  private final GuardLimits limits;
  private final String secret = new BigInteger(160, new SecureRandom()).toString(36);
  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, Pass> passes = new ConcurrentHashMap<>();
  private @Nullable GuardLoop loop;
  private @Nullable ThreadPoolExecutor resolvers;
  private boolean closed;

  public EgressGuard(EgressPolicy policy, NameResolver resolver, GuardLimits limits) {
    this.vetting = new Vetting(policy, resolver);
    this.limits = limits;
  }

  /**
   * Its address; opens the port if it is not open.
   *
   * @throws IOException if the port can't be opened, or the guard was closed
   */
  public synchronized InetSocketAddress open() throws IOException {
    if (closed) {
      throw new IOException("the egress guard is closed");
    }
    GuardLoop running = loop;
    if (running == null || !running.isOpen()) {
      running = start();
    }
    return running.address();
  }

  private GuardLoop start() throws IOException {
    ThreadPoolExecutor pool = resolvers;
    if (pool == null) {
      AtomicInteger number = new AtomicInteger();
      pool =
          new ThreadPoolExecutor(
              limits.resolvers(),
              limits.resolvers(),
              10,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(limits.connections()),
              task -> daemon(task, "trigrun-egress-resolver-" + number.incrementAndGet()));
      pool.allowCoreThreadTimeOut(true);
      resolvers = pool;
    }
    GuardLoop started = new GuardLoop(this::pass, vetting, pool, limits);
    loop = started;
    daemon(started, "trigrun-egress-guard").start();
    return started;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** For one request. */
  public Pass issue() {
    Pass pass = new Pass(this, secret + "." + numbers.incrementAndGet());
    passes.put(pass.key(), pass);
    return pass;
  }

  void revoke(Pass pass) {
    passes.remove(pass.key());
  }

  /** The pass that a request shows. A guess has to hit 160 bits within a connection's time. */
  private Optional<Pass> pass(String authorization) {
    return authorization.startsWith(SCHEME)
        ? Optional.ofNullable(passes.get(authorization.substring(SCHEME.length())))
        : Optional.empty();
  }

  /** Ends all connections. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    if (loop != null) {
      loop.close();
    }
    if (resolvers != null) {
      resolvers.shutdownNow();
    }
    passes.clear();
  }
}
