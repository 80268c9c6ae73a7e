package io.trigrun.http;

import io.trigrun.egress.EgressPolicy;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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
 *   <li>refuse what {@link #egress()} refuses, each redirect included, with {@link
 *       io.trigrun.egress.EgressRefusedException};
 *   <li>send exactly once, without retries, cookies or credentials of its own. Only an idempotent
 *       request may be repeated, once, if its connection broke before an answer (RFC 9110 9.2.2):
 *       the pooled connection may have been about to close.
 * </ul>
 *
 * <p>The future completes on a thread of the transport: dependents that may block belong on an
 * executor of the caller. Safe for use by many threads.
 */
@FunctionalInterface
public interface HttpTransport extends AutoCloseable {

  /** Sends the request; cancelling the future ends the exchange. */
  CompletableFuture<HttpReply> send(HttpCall call);

  /**
   * Sends the request and waits for the answer on the calling thread, an interrupt of which ends
   * the exchange. What holds for {@link #send} holds here, but that failures are thrown. The engine
   * prefers it while it has threads to spare. Replace it where the client is faster so, as the
   * JDK's is; by default it waits for what {@code send} gives.
   *
   * @throws IOException what the future would have failed with, a runtime exception if it was one
   * @throws InterruptedException if the thread was interrupted before the answer was there
   */
  default HttpReply sendAndWait(HttpCall call) throws IOException, InterruptedException {
    CompletableFuture<HttpReply> reply = send(call);
    try {
      return reply.get();
    } catch (InterruptedException e) {
      reply.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw cause instanceof IOException failure
          ? failure
          : new IOException("the HTTP transport failed", cause);
    }
  }

  /**
   * Sends the request: by {@link #sendAndWait} if the calling thread may wait, and the future is
   * done then, else by {@link #send(HttpCall)}.
   *
   * @throws InterruptedException if the thread waited and was interrupted
   */
  default CompletableFuture<HttpReply> send(HttpCall call, boolean mayWait)
      throws InterruptedException {
    if (!mayWait) {
      return send(call);
    }
    try {
      return CompletableFuture.completedFuture(sendAndWait(call));
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * What it lets out. Jobs and channels whose URL it refuses are refused when they are saved. By
   * default nothing is restricted: a transport of your own guards itself, and says here what it
   * refuses.
   */
  default EgressPolicy egress() {
    return EgressPolicy.unrestricted();
  }

  /** Ends exchanges in flight exceptionally and releases what the transport holds. Idempotent. */
  @Override
  default void close() {}

  /**
   * The JDK's HTTP client over HTTP/1.1 with the defaults of {@link #jdkBuilder}: it lets out https
   * to public addresses.
   */
  static HttpTransport jdk() {
    return jdkBuilder().build();
  }

  /** Settings for the JDK's HTTP client. */
  static JdkTransportBuilder jdkBuilder() {
    return new JdkTransportBuilder();
  }
}
