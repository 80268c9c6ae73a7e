package io.trigrun.http;

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

  /** Sends every request, redirects included, through this proxy; none by default. */
  public JdkTransportBuilder proxy(ProxySelector selector) {
    proxy = Optional.of(selector);
    return this;
  }

  /** Trust and keys for https; the JVM's by default. */
  public JdkTransportBuilder sslContext(SSLContext context) {
    sslContext = Optional.of(context);
    return this;
  }

  /** Starts the transport; close it when done. */
  public HttpTransport build() {
    return new JdkHttpTransport(connectTimeout, threads, proxy, sslContext);
  }
}
