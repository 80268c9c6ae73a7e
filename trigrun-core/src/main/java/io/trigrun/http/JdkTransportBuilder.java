package io.trigrun.http;

import io.trigrun.egress.EgressPolicy;
import io.trigrun.egress.guard.EgressGuard;
import io.trigrun.egress.guard.GuardLimits;
import io.trigrun.egress.guard.NameResolver;
import io.trigrun.validation.Problems;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Settings of the default {@link HttpTransport}. Not thread-safe. */
public final class JdkTransportBuilder {
  private Duration connectTimeout = Duration.ofSeconds(10);
  private int threads = Math.max(4, Runtime.getRuntime().availableProcessors());
  private Optional<ProxySelector> proxy = Optional.empty();
  private Optional<SSLContext> sslContext = Optional.empty();
  private EgressPolicy egress = EgressPolicy.standard();
  private NameResolver resolver = NameResolver.system();

  JdkTransportBuilder() {}

  /** How long a connection may take: more than zero, at most 5 minutes, 10 s by default. */
  public JdkTransportBuilder connectTimeout(Duration timeout) {
    Problems.require(
        timeout.compareTo(Duration.ZERO) > 0 && timeout.compareTo(Duration.ofMinutes(5)) <= 0,
        "connect_timeout",
        "more than zero and at most 5 minutes",
        timeout);
    connectTimeout = timeout;
    return this;
  }

  /**
   * Threads that drive the exchanges, however many are in flight: 1 to 256, by default one a
   * processor and at least 4. The JDK resolves host names on them, so a slow name server blocks
   * that many calls at a time; {@link HttpTransport#sendAndWait} resolves on the thread that waits.
   */
  public JdkTransportBuilder threads(int count) {
    Problems.require(count >= 1 && count <= 256, "threads", "1 to 256", count);
    threads = count;
    return this;
  }

  /**
   * Sends every request, redirects included, through this proxy; by default the JVM's, which has
   * none unless system properties say so. It is the proxy then that resolves names: the {@link
   * #egress} policy judges what stands in URLs only, and the proxy has to judge addresses. What the
   * selector sends directly is guarded.
   */
  public JdkTransportBuilder proxy(ProxySelector selector) {
    proxy = Optional.of(selector);
    return this;
  }

  /** Trust and keys for https; the JVM's by default. */
  public JdkTransportBuilder sslContext(SSLContext context) {
    sslContext = Optional.of(context);
    return this;
  }

  /**
   * What is let out; {@link EgressPolicy#standard()} by default. A URL that the policy does not
   * {@linkplain EgressPolicy#isTrusted trust} goes through a guard in this process, which connects
   * to the very address that was judged; docs/egress.md says what that costs.
   */
  public JdkTransportBuilder egress(EgressPolicy policy) {
    egress = policy;
    return this;
  }

  /** For tests: a name server that lies. */
  JdkTransportBuilder resolver(NameResolver value) {
    resolver = value;
    return this;
  }

  /** Starts the transport; close it when done. */
  public HttpTransport build() {
    GuardLimits limits = GuardLimits.standard(connectTimeout);
    EgressRoutes routes =
        new EgressRoutes(
            egress,
            proxy.or(() -> Optional.ofNullable(ProxySelector.getDefault())),
            new EgressGuard(egress, resolver, limits));
    return new JdkHttpTransport(connectTimeout, threads, routes, sslContext);
  }
}
