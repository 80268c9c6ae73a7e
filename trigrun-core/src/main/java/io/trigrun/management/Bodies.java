package io.trigrun.management;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.route.Call;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.JsonObject;
import io.trigrun.route.Refusal;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.route.ShapeCheck;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads bodies, which are JSON, and compares them with the shape that the route says. */
final class Bodies {

  private static final Pattern JSON = Pattern.compile("application/([a-z0-9.!#$&^_-]+\\+)?json");
  private static final Shape NOTHING = Shape.object("Nothing", "Nothing");
  private static final JsonObject EMPTY = JsonObject.builder().build();

  private Bodies() {}

  /**
   * Compares the body of a call with the shape.
   *
   * @throws ValidationException with all that is wrong with it, what the route itself finds
   *     included
   */
  static void check(Call call, Route route) {
    try {
      ShapeCheck.check(call.body(), route.body().orElse(NOTHING));
    } catch (ValidationException e) {
      if (route.review().isEmpty()) {
        throw e;
      }
      throw withReview(e, call, route.review().get());
    }
  }

  private static ValidationException withReview(
      ValidationException faults, Call call, Consumer<Call> review) {
    try {
      review.accept(call);
      return faults;
    } catch (ValidationException e) {
      List<Problem> all = new ArrayList<>(faults.problems());
      e.problems().stream()
          .filter(more -> faults.problems().stream().noneMatch(known -> isSame(known, more)))
          .forEach(all::add);
      return new ValidationException(all);
    } catch (RuntimeException e) { // a body that has not the shape may lead to anything
      return faults;
    }
  }

  /** Whether they are about the same place, or one about a part of the other's. */
  private static boolean isSame(Problem one, Problem other) {
    String place = Pointers.of(one.field()) + "/";
    String second = Pointers.of(other.field()) + "/";
    return place.startsWith(second) || second.startsWith(place);
  }

  /** Routes that take nothing are content with an empty body and with an empty object. */
  static JsonObject read(InboundRequest request, Route route) {
    byte[] bytes = request.body();
    if (route.body().isEmpty() && (bytes.length == 0 || request.isRead())) {
      return EMPTY;
    }
    requireJson(request);
    return JsonObject.parse(bytes);
  }

  private static void requireJson(InboundRequest request) {
    if (request.mediaType().filter(type -> JSON.matcher(type).matches()).isEmpty()) {
      throw Refusal.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type: expected application/json");
    }
  }
}
