package io.trigrun.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call with all its hops, made by the thread that waits for it. Driven so, the client does on
 * that thread what it hands from pool to pool when it is asked for a future.
 *
 * <p>Whoever ends it interrupts the thread, and it takes that interrupt back: one that it leaves
 * behind is somebody else's.
 */
final class WaitingExchange {
  private final HttpClient client;
  private final EgressRoutes routes;
  private final HttpCall call;
  private final Thread caller = Thread.currentThread();
  private final long startedAt = System.nanoTime();
  private @Nullable IOException end;
  private boolean over;
  private volatile @Nullable BoundedBody reading;

  WaitingExchange(HttpClient client, EgressRoutes routes, HttpCall call) {
    this.client = client;
    this.routes = routes;
    this.call = call;
  }

  /** The final answer. By the thread that made this, once. */
  HttpReply reply() throws IOException, InterruptedException {
    try {
      Hop hop = Hop.first(call);
      while (true) {
        HttpResponse<BoundedBody.Kept> response = send(hop);
        Optional<Hop> next =
            hop.next(
                response.statusCode(),
                response.headers().firstValue("location"),
                call.secretHeaders());
        if (next.isEmpty()) {
          return HttpReply.of(response, startedAt);
        }
        hop = next.get();
      }
    } catch (InterruptedException | IOException e) {
      throw failure(e);
    } finally {
      over();
    }
  }

  private HttpResponse<BoundedBody.Kept> send(Hop hop) throws IOException, InterruptedException {
    reading = null;
    try {
      return sendOnce(hop);
    } catch (IOException e) {
      if (reading != null || isToEnd() || !hop.mayBeRepeatedAfter(e)) {
        throw e;
      }
      return sendOnce(hop);
    }
  }

  private HttpResponse<BoundedBody.Kept> sendOnce(Hop hop)
      throws IOException, InterruptedException {
    try (Departure departure = routes.depart(hop)) {
      HttpResponse<BoundedBody.Kept> response;
      try {
        response = client.send(departure.request(), head -> body());
      } catch (IOException e) {
        throw departure.refusal().orElse(e);
      }
      if (departure.refusal().isPresent()) {
        throw departure.refusal().get();
      }
      return response;
    }
  }

  private BoundedBody body() {
    BoundedBody body = new BoundedBody(call.maxBodyBytes());
    reading = body;
    if (isToEnd()) {
      body.abort();
    }
    return body;
  }

  /** Ends it with this failure, unless it is over. From any thread. */
  synchronized void end(IOException why) {
    if (!over && end == null) {
      end = why;
      caller.interrupt();
    }
  }

  private synchronized boolean isToEnd() {
    return end != null || caller.isInterrupted();
  }

  private synchronized void over() {
    over = true;
    if (end != null) {
      var unused = Thread.interrupted();
    }
  }

  /** An interrupt in the midst of a write comes as an {@code IOException}. */
  private IOException failure(Exception thrown) throws InterruptedException {
    BoundedBody body = reading;
    if (body != null) {
      body.abort();
    }
    IOException why;
    synchronized (this) {
      why = end;
    }
    if (why != null) {
      return why;
    }
    if (thrown instanceof IOException failure && !Thread.interrupted()) {
      return failure;
    }
    InterruptedException interrupted = new InterruptedException("interrupted during an HTTP call");
    interrupted.initCause(thrown);
    throw interrupted;
  }
}
