package io.trigrun.notify.provider;

import io.trigrun.http.HttpReply;
import io.trigrun.http.RetryAfter;
import io.trigrun.notify.provider.DeliveryOutcome.Fault;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.RateLimited;
import io.trigrun.notify.provider.DeliveryOutcome.Sent;
import io.trigrun.notify.provider.DeliveryOutcome.Transient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a status means unless a provider knows better (row N15).
 *
 * <table>
 * <caption>Statuses and outcomes</caption>
 * <tr><th>status</th><th>outcome</th></tr>
 * <tr><td>2xx</td><td>sent</td></tr>
 * <tr><td>3xx</td><td>permanent, message</td></tr>
 * <tr><td>401, 403, 404, 407</td><td>permanent, channel</td></tr>
 * <tr><td>410</td><td>permanent, gone</td></tr>
 * <tr><td>408, 409, 421, 423, 425</td><td>transient</td></tr>
 * <tr><td>429; 503 with Retry-After</td><td>rate limited</td></tr>
 * <tr><td>other 4xx</td><td>permanent, message</td></tr>
 * <tr><td>501, 505</td><td>permanent, message</td></tr>
 * <tr><td>other 5xx, anything else</td><td>transient</td></tr>
 * </table>
 */
public final class StatusTable {

  /** How the reasons begin that are given here. */
  public static final String EXPECTED = "status: expected 2xx, got ";

  private StatusTable() {}

  /** The outcome of an answer that came at {@code now}. */
  public static DeliveryOutcome classify(HttpReply reply, Instant now) {
    int status = reply.status();
    if (status / 100 == 2) {
      return new Sent();
    }
    String reason = EXPECTED + status;
    Optional<Duration> wait =
        reply.header("Retry-After").flatMap(value -> RetryAfter.parse(value, now));
    if (status / 100 == 3) {
      return new Permanent(
          reason + ", a redirect, which is not followed: update the URL of the channel",
          Fault.MESSAGE);
    }
    return switch (status) {
      case 401, 403, 404, 407 -> new Permanent(reason, Fault.CHANNEL);
      case 410 -> new Permanent(reason, Fault.GONE);
      case 408, 409, 421, 423, 425 -> new Transient(reason);
      case 429 -> new RateLimited(reason, wait);
      case 503 -> wait.isPresent() ? new RateLimited(reason, wait) : new Transient(reason);
      case 501, 505 -> new Permanent(reason, Fault.MESSAGE);
      default -> status / 100 == 4 ? new Permanent(reason, Fault.MESSAGE) : new Transient(reason);
    };
  }
}
