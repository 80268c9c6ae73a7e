package io.trigrun.management;

import io.trigrun.Cursor;
import io.trigrun.Workspace;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.route.Call;
import io.trigrun.route.JsonObject;
import io.trigrun.route.PublicUrl;
import io.trigrun.route.Refusal;
import io.trigrun.route.Role;
import io.trigrun.route.Route;
import io.trigrun.route.ShapeCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A request as its route sees it. */
record RoutedCall(
    Workspace workspace,
    String caller,
    Role role,
    Map<String, String> path,
    QueryValues queryValues,
    JsonObject body,
    Optional<List<String>> tags,
    Optional<String> uniqueKey,
    PublicUrl url)
    implements Call {

  /**
   * @throws RuntimeException that becomes an error, for what does not have the shape
   */
  static RoutedCall read(
      InboundRequest request,
      Route route,
      RouteTable.Place place,
      Caller caller,
      Workspace workspace,
      PublicUrl url) {
    refuseConditions(request, route);
    return new RoutedCall(
        workspace,
        caller.name(),
        caller.role(),
        place.values(route),
        QueryValues.read(request, route),
        Bodies.read(request, route),
        route.isConditional() ? tags(request) : Optional.empty(),
        Optional.empty(),
        url);
  }

  /** The same with the key of a request that has an {@code Idempotency-Key}. */
  RoutedCall keyed(Optional<String> key) {
    return new RoutedCall(workspace, caller, role, path, queryValues, body, tags, key, url);
  }

  /** A condition that was overlooked would be one that did not hold, and nobody heard of it. */
  private static void refuseConditions(InboundRequest request, Route route) {
    if (!request.isRead() && !route.isConditional() && request.headers().containsKey("If-Match")) {
      throw Refusal.invalid("If-Match", "expected none here: only updates and deletes go by it");
    }
  }

  /** The tags of {@code If-Match}, as they are written (RFC 9110, 13.1.1). */
  private static Optional<List<String>> tags(InboundRequest request) {
    List<String> values = request.headers().getOrDefault("If-Match", List.of());
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            values.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList());
  }

  @Override
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("expected a name of the path, got " + name);
    }
    return value;
  }

  @Override
  public UUID id(String name) {
    String text = path(name);
    if (!ShapeCheck.isId(text)) {
      throw Refusal.notFound();
    }
    return UUID.fromString(text);
  }

  @Override
  public Optional<String> query(String name) {
    return queryValues.value(name);
  }

  @Override
  public int limit() {
    return queryValues.limit();
  }

  @Override
  public Optional<Cursor> cursor() {
    return queryValues.cursor();
  }

  @Override
  public boolean isConditional() {
    return tags.filter(names -> !names.contains("*")).isPresent();
  }

  @Override
  public void requireTag(long version) {
    if (isConditional() && !tags.orElseThrow().contains("\"" + version + "\"")) {
      throw Call.changed();
    }
  }

  @Override
  public String publicUrl(String place) {
    return url.at(place);
  }
}
