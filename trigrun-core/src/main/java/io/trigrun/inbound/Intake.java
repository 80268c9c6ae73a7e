package io.trigrun.inbound;

import io.trigrun.route.ErrorCode;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * What adapters do alike before routes are asked: limits.
 *
 * @param free how many more requests may begin
 */
record Intake(InboundRoutes routes, InboundLimits limits, Semaphore free) {

  static Intake of(InboundRoutes routes, InboundLimits limits) {
    return new Intake(routes, limits, new Semaphore(limits.requests()));
  }

  /** What a server knows of a request before it reads the body. */
  interface Arrival {

    /**
     * Path below the mount point and query, as they were sent; empty if the path lies elsewhere.
     */
    Optional<String> target();

    /** Header lines, those of one name counted each. */
    int headers();

    /** What {@code Content-Length} says; negative if it says nothing. */
    long announced();

    /** What is read of the body, unless the client has to be waited for too long. */
    byte[] body(BodyReading reading) throws IOException;

    /** All of it, with this body. */
    InboundRequest request(String target, byte[] body);

    /** No other request will come by this connection. */
    void closesConnection();
  }

  /** Throws only if the client can't be read from. */
  InboundResponse answer(Arrival arrival) throws IOException {
    if (!free.tryAcquire()) {
      arrival.closesConnection(); // its body is not read
      return InboundResponse.error(
              ErrorCode.UNAVAILABLE,
              "at most " + limits.requests() + " requests are served at once")
          .withHeader("Retry-After", "1");
    }
    try {
      return withinLimits(arrival);
    } finally {
      free.release();
    }
  }

  private InboundResponse withinLimits(Arrival arrival) throws IOException {
    Optional<String> target = arrival.target();
    if (target.isEmpty()) {
      return InboundResponse.notFound();
    }
    if (target.get().length() > limits.targetLength()) {
      return InboundResponse.error(
          ErrorCode.URI_TOO_LONG, "expected at most " + limits.targetLength() + " characters");
    }
    if (arrival.headers() > limits.headers()) {
      return InboundResponse.error(
          ErrorCode.TOO_MANY_HEADERS, "expected at most " + limits.headers() + " headers");
    }
    if (arrival.announced() > limits.bodyBytes()) {
      return tooLarge(arrival);
    }
    byte[] body;
    try {
      body =
          arrival.body(new BodyReading(arrival.announced(), limits.bodyBytes(), limits.patience()));
    } catch (SocketTimeoutException e) {
      arrival.closesConnection();
      return InboundResponse.error(
          ErrorCode.REQUEST_TIMEOUT,
          "expected the body within " + limits.patience().toMillis() + " ms");
    }
    return body.length > limits.bodyBytes()
        ? tooLarge(arrival)
        : routes.answer(arrival.request(target.get(), body));
  }

  /**
   * Reads a little more first: who is still sending would see a broken connection, no answer. (By
   * reading, as the JDK's stream does not notice what is skipped and waits for it again.)
   */
  private InboundResponse tooLarge(Arrival arrival) throws IOException {
    try {
      byte[] unused = arrival.body(new BodyReading(-1, limits.bodyBytes(), limits.patience()));
    } catch (SocketTimeoutException e) { // it is told now
    }
    arrival.closesConnection();
    return InboundResponse.error(
        ErrorCode.BODY_TOO_LARGE, "expected at most " + limits.bodyBytes() + " bytes");
  }
}
