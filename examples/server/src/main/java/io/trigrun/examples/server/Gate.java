package io.trigrun.examples.server;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.route.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets so many requests in at once, and none any more when the server stops. */
final class Gate implements InboundRoutes {

  private static final Duration WAIT = Duration.ofSeconds(1);

  private final InboundRoutes routes;
  private final int most;
  private final Semaphore permits;
  private volatile boolean closed;

  Gate(InboundRoutes routes, int most) {
    this.routes = routes;
    this.most = most;
    this.permits = new Semaphore(most);
  }

  @Override
  public Optional<InboundResponse> handle(InboundRequest request) {
    if (closed || !isIn()) {
      return Optional.of(busy());
    }
    try {
      return routes.handle(request);
    } finally {
      permits.release();
    }
  }

  private boolean isIn() {
    try {
      return permits.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static InboundResponse busy() {
    return InboundResponse.error(ErrorCode.UNAVAILABLE, "try again soon")
        .withHeader("Retry-After", "1")
        .withHeader("Connection", "close");
  }

  /** Lets nobody in any more, and waits until all are out, but not for ever. */
  void close(Duration longest) {
    closed = true;
    try {
      boolean unused = permits.tryAcquire(most, longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
