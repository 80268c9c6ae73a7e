package io.trigrun.http;

import java.util.concurrent.CompletableFuture;

/**
 * Sends one request and gives back the answer. Replace it to use another HTTP client, or by a
 * lambda in tests; {@link #jdk()} is the default.
 *
 * <p>An implementation must:
 *
 * <ul>
 *   <li>return at once, and never throw for anything that happens on the network;
 *   <li>complete the future within {@link HttpCall#timeout()} counted from the call, reading of the
 *       body included, otherwise exceptionally with {@link java.net.http.HttpTimeoutException};
 *   <li>complete normally for every status, 3xx, 4xx and 5xx included;
 *   <li>keep at most {@link HttpCall#maxBodyBytes()} of the body and say so with {@link
 *       HttpReply#truncated()};
 *   <li>give up the connection when the future is cancelled;
 *   <li>send exactly once, without retries, cookies or credentials of its own. An HTTP client under
 *       it may repeat an idempotent request whose pooled connection had died.
 * </ul>
 *
 * <p>The future completes on a thread of the transport: dependents that may block belong on an
 * executor of the caller. Safe for use by many threads.
 */
@FunctionalInterface
public interface HttpTransport extends AutoCloseable {

  /** Sends the request; cancelling the future ends the exchange. */
  CompletableFuture<HttpReply> send(HttpCall call);

  /** Ends exchanges in flight exceptionally and releases what the transport holds. Idempotent. */
  @Override
  default void close() {}

  /** The JDK's HTTP client over HTTP/1.1 with the defaults of {@link #jdkBuilder}. */
  static HttpTransport jdk() {
    return jdkBuilder().build();
  }

  /** Settings for the JDK's HTTP client. */
  static JdkTransportBuilder jdkBuilder() {
    return new JdkTransportBuilder();
  }
}
