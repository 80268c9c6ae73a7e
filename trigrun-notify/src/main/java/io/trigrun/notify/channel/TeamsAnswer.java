package io.trigrun.notify.channel;

import io.trigrun.http.HttpReply;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryOutcome.Fault;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.Sent;
import io.trigrun.notify.provider.DeliveryOutcome.Transient;
import io.trigrun.notify.provider.StatusTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a workflow answered: a 2xx, 202 as a rule, says that it has taken the request, no more. A
 * connector of the old kind says {@code 1} if the message was posted, and hides errors in a 200.
 */
final class TeamsAnswer {

  /** The code of an error, which holds nothing of the request. */
  private static final Pattern CODE =
      Pattern.compile("\"code\"\\s*:\\s*\"([A-Za-z][A-Za-z0-9]{0,79})\"");

  private static final Pattern HIDDEN_STATUS = Pattern.compile("(?i)HTTP error (\\d{3})");

  private TeamsAnswer() {}

  static DeliveryOutcome outcome(boolean connector, HttpReply reply, Instant now) {
    String body = new String(reply.body(), StandardCharsets.UTF_8);
    if (reply.status() / 100 != 2) {
      return failed(reply, code(body), now);
    }
    if (!connector || body.strip().equals("1")) {
      return new Sent();
    }
    Matcher hidden = HIDDEN_STATUS.matcher(body);
    int status = hidden.find() ? Integer.parseInt(hidden.group(1)) : 0;
    if (status < 300) {
      return new Transient("Teams returned " + reply.status() + ", but its body is not 1");
    }
    HttpReply meant = new HttpReply(status, reply.headers(), new byte[0], false, reply.latency());
    return failed(meant, "in the body of a " + reply.status(), now);
  }

  private static DeliveryOutcome failed(HttpReply reply, String detail, Instant now) {
    String reason = "Teams returned " + reply.status() + (detail.isEmpty() ? "" : ": " + detail);
    return reply.status() == 410
        ? new Permanent(reason, Fault.CHANNEL) // the flow is gone; others may be well
        : Worded.by(reason, StatusTable.classify(reply, now));
  }

  private static String code(String body) {
    Matcher code = CODE.matcher(body);
    return code.find() ? code.group(1) : "";
  }
}
