package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What became of a test message (row N13). */
public sealed interface TestResult {

  /**
   * The receiver took it.
   *
   * @param provider the kind of channel
   */
  record Ok(UUID channelId, String provider) implements TestResult {}

  /**
   * It did not arrive.
   *
   * @param message why, without secrets
   * @param httpStatus what the receiver answered, if it did and speaks HTTP
   * @param permanent whether a real message would not be tried again
   */
  record Failed(String message, Optional<Integer> httpStatus, boolean permanent)
      implements TestResult {

    /** The same for every failure. */
    public static final String CODE = "notification_test_failed";
  }

  default boolean isOk() {
    return this instanceof Ok;
  }

  /** In the guide's form, a JSON object; {@code http_status} is there if there was one. */
  default String toJson() {
    ObjectNode json = JsonText.object().put("ok", isOk());
    if (this instanceof Ok ok) {
      json.put("channel_id", ok.channelId().toString()).put("provider", ok.provider());
    } else if (this instanceof Failed failed) {
      json.putObject("error").put("code", Failed.CODE).put("message", failed.message());
      failed.httpStatus().ifPresent(status -> json.put("http_status", status));
      json.put("permanent", failed.permanent());
    }
    return JsonText.write(json);
  }
}
