package io.trigrun.management;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.JsonObject;
import io.trigrun.route.Refusal;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.route.ShapeCheck;
import java.util.regex.Pattern;

/** Reads bodies: JSON, of the shape that the route says. */
final class Bodies {

  private static final Pattern JSON = Pattern.compile("application/([a-z0-9.!#$&^_-]+\\+)?json");
  private static final Shape NOTHING = Shape.object("Nothing", "Nothing");
  private static final JsonObject EMPTY = JsonObject.builder().build();

  private Bodies() {}

  /** Routes that take nothing are content with an empty body and with an empty object. */
  static JsonObject read(InboundRequest request, Route route) {
    byte[] bytes = request.body();
    if (route.body().isEmpty() && (bytes.length == 0 || request.isRead())) {
      return EMPTY;
    }
    requireJson(request);
    JsonObject body = JsonObject.parse(bytes);
    ShapeCheck.check(body, route.body().orElse(NOTHING));
    return body;
  }

  private static void requireJson(InboundRequest request) {
    if (request.mediaType().filter(type -> JSON.matcher(type).matches()).isEmpty()) {
      throw Refusal.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type: expected application/json");
    }
  }
}
