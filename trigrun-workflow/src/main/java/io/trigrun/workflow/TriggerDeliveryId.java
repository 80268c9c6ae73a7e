package io.trigrun.workflow;

import io.trigrun.validation.Problems;
import io.trigrun.workflow.internal.expression.JsonPath;
import java.util.List;
import java.util.Optional;

/**
 * What tells one delivery from the next, so that one that is sent again starts no second run (row
 * W14). What is found first counts. A delivery without any id starts a run each time.
 *
 * <p>Senders sign their bodies, few sign their headers: an id in a header guards against repetition
 * by the sender, not by somebody who has recorded a request.
 *
 * @param headers looked at first, in their order; at most 10
 * @param path a JSONPath (RFC 9535) into the body, which has to find a text or a number
 * @param bodyHash whether the SHA-256 of the body is the id if there is no other. Two deliveries
 *     that say the same are one then
 */
public record TriggerDeliveryId(List<String> headers, Optional<String> path, boolean bodyHash) {

  private static final int MOST_HEADERS = 10;
  private static final int LONGEST_PATH = 500;

  /**
   * @throws io.trigrun.validation.ValidationException naming {@code delivery_id.headers} or {@code
   *     delivery_id.path}
   */
  public TriggerDeliveryId {
    headers = List.copyOf(headers);
    Problems problems = new Problems();
    problems.check(
        headers.size() <= MOST_HEADERS,
        "delivery_id.headers",
        "at most " + MOST_HEADERS,
        headers.size());
    for (String header : headers) {
      problems.check(HeaderName.isOne(header), "delivery_id.headers", "names of headers", header);
    }
    path.ifPresent(
        text -> {
          if (text.length() > LONGEST_PATH) {
            problems.add(
                "delivery_id.path",
                "at most " + LONGEST_PATH + " characters",
                Integer.toString(text.length()));
          } else {
            JsonPath.parse("delivery_id.path", text, problems);
          }
        });
    problems.throwIfAny();
  }

  /** The value of a header. */
  public static TriggerDeliveryId ofHeaders(String... names) {
    return new TriggerDeliveryId(List.of(names), Optional.empty(), false);
  }

  /** A part of the body, {@code $.event.id} for example. */
  public static TriggerDeliveryId ofBody(String path) {
    return new TriggerDeliveryId(List.of(), Optional.of(path), false);
  }

  /** Nothing: every delivery starts a run. */
  public static TriggerDeliveryId none() {
    return new TriggerDeliveryId(List.of(), Optional.empty(), false);
  }

  /** The same, and the body's hash where there is no id. */
  public TriggerDeliveryId orBodyHash() {
    return new TriggerDeliveryId(headers, path, true);
  }
}
