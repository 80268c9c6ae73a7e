package io.trigrun.http;

import io.trigrun.egress.EgressPolicy;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Drives {@code java.net.http}: on the caller's thread, which is the fast way, or asynchronously on
 * a few threads however many exchanges are in flight. The only class here that starts threads.
 * {@code HttpRequest.timeout} ends when the headers are there, so a timer of our own ends the whole
 * exchange.
 */
final class JdkHttpTransport implements HttpTransport {
  private final AtomicReference<@Nullable HttpClient> client;
  private final EgressRoutes routes;
  private final ExecutorService workers;
  private final ScheduledThreadPoolExecutor timer;
  private final Set<Exchange> inFlight = ConcurrentHashMap.newKeySet();
  private final Set<WaitingExchange> waiting = ConcurrentHashMap.newKeySet();

  JdkHttpTransport(
      Duration connectTimeout, int threads, EgressRoutes routes, Optional<SSLContext> sslContext) {
    this.routes = routes;
    workers = Executors.newFixedThreadPool(threads, daemons("trigrun-http-worker-"));
    timer = new ScheduledThreadPoolExecutor(1, daemons("trigrun-http-timer-"));
    timer.setRemoveOnCancelPolicy(true);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .executor(workers)
            .proxy(routes.selector());
    sslContext.ifPresent(builder::sslContext);
    client = new AtomicReference<>(builder.build());
  }

  @Override
  public CompletableFuture<HttpReply> send(HttpCall call) {
    HttpClient open = client.get();
    if (open == null) {
      return CompletableFuture.failedFuture(isClosed());
    }
    Exchange exchange = new Exchange(open, call);
    inFlight.add(exchange);
    exchange.start();
    if (client.get() == null) {
      exchange.fail(wasClosed());
    }
    return exchange.result;
  }

  @Override
  public HttpReply sendAndWait(HttpCall call) throws IOException, InterruptedException {
    HttpClient open = client.get();
    if (open == null) {
      throw isClosed();
    }
    WaitingExchange exchange = new WaitingExchange(open, routes, call);
    ScheduledFuture<?> deadline;
    try {
      deadline =
          timer.schedule(
              () -> exchange.end(timeOut(call)), call.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) { // closed since we looked
      throw isClosed();
    }
    waiting.add(exchange);
    try {
      if (client.get() == null) {
        throw wasClosed();
      }
      return exchange.reply();
    } finally {
      waiting.remove(exchange);
      deadline.cancel(false);
    }
  }

  @Override
  public EgressPolicy egress() {
    return routes.policy();
  }

  private static IOException isClosed() {
    return new IOException("the HTTP transport is closed");
  }

  private static IOException wasClosed() {
    return new IOException("the HTTP transport was closed");
  }

  private static HttpTimeoutException timeOut(HttpCall call) {
    return new HttpTimeoutException(
        "no complete answer within " + call.timeout().toMillis() + " ms");
  }

  @Override
  public void close() {
    HttpClient open = client.getAndSet(null); // on 17 the client ends when nobody refers to it
    if (open == null) {
      return;
    }
    inFlight.forEach(e -> e.fail(wasClosed()));
    waiting.forEach(e -> e.end(wasClosed()));
    timer.shutdownNow();
    shutdown(open);
    routes.close();
    workers.shutdown();
  }

  /** {@code HttpClient.shutdownNow} exists from 21 on. */
  private static void shutdown(HttpClient open) {
    try {
      HttpClient.class.getMethod("shutdownNow").invoke(open);
    } catch (NoSuchMethodException e) {
      // Java 17: its selector thread ends by itself
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("HttpClient.shutdownNow failed", e);
    }
  }

  private static ThreadFactory daemons(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** One call with all its hops, its deadline and its end. */
  private final class Exchange {
    private final CompletableFuture<HttpReply> result = new CompletableFuture<>();

    /**
     * Let go of at the end: the client's pooled connections keep what the last body handler knew.
     */
    private volatile @Nullable HttpClient client;

    private final HttpCall call;
    private final long startedAt = System.nanoTime();
    private volatile @Nullable CompletableFuture<?> current;
    private volatile @Nullable BoundedBody reading;

    Exchange(HttpClient client, HttpCall call) {
      this.client = client;
      this.call = call;
    }

    void start() {
      ScheduledFuture<?> deadline;
      try {
        deadline = timer.schedule(this::timeOut, call.timeout().toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) { // closed since we looked
        inFlight.remove(this);
        fail(new IOException("the HTTP transport was closed", e));
        return;
      }
      var unused =
          result.whenComplete(
              (reply, failure) -> {
                deadline.cancel(false);
                inFlight.remove(this);
                client = null;
                if (failure != null) {
                  abort();
                }
              });
      send(Hop.first(call), true);
    }

    void fail(Exception cause) {
      result.completeExceptionally(cause);
    }

    private void timeOut() {
      fail(JdkHttpTransport.timeOut(call));
    }

    private void send(Hop hop, boolean mayRepeat) {
      HttpClient sender = client;
      if (sender == null) { // it has ended
        return;
      }
      try {
        reading = null;
        Departure departure = routes.depart(hop);
        CompletableFuture<HttpResponse<BoundedBody.Kept>> sent =
            sender.sendAsync(departure.request(), head -> body());
        current = sent;
        if (result.isDone()) { // it ended while we were between two hops
          abort();
        }
        var unused =
            sent.whenComplete(
                (response, failure) -> {
                  Optional<IOException> refusal = departure.refusal();
                  departure.close();
                  if (refusal.isPresent()) {
                    failed(hop, mayRepeat, refusal.get());
                  } else {
                    received(hop, mayRepeat, response, failure);
                  }
                });
      } catch (IOException | RuntimeException e) {
        fail(e);
      }
    }

    private BoundedBody body() {
      BoundedBody body = new BoundedBody(call.maxBodyBytes());
      reading = body;
      if (result.isDone()) {
        body.abort();
      }
      return body;
    }

    private void received(
        Hop hop,
        boolean mayRepeat,
        @Nullable HttpResponse<BoundedBody.Kept> response,
        @Nullable Throwable failure) {
      if (response == null) {
        failed(
            hop,
            mayRepeat,
            failure == null ? new IOException("no response and no failure") : failure);
        return;
      }
      Optional<String> location = response.headers().firstValue("location");
      Optional<Hop> next = hop.next(response.statusCode(), location, call.secretHeaders());
      if (next.isPresent() && !result.isDone()) {
        send(next.get(), true);
      } else {
        result.complete(HttpReply.of(response, startedAt));
      }
    }

    private void failed(Hop hop, boolean mayRepeat, Throwable failure) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      if (mayRepeat && reading == null && !result.isDone() && hop.mayBeRepeatedAfter(cause)) {
        send(hop, false);
      } else {
        result.completeExceptionally(failure);
      }
    }

    /** Closes the connection: the body's subscription when reading, the exchange before. */
    private void abort() {
      BoundedBody body = reading;
      if (body != null) {
        body.abort();
      }
      CompletableFuture<?> sent = current;
      if (sent != null) {
        sent.cancel(true);
      }
    }
  }
}
