package io.trigrun.management;

import io.trigrun.Cursor;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.route.Cursors;
import io.trigrun.route.FlagShape;
import io.trigrun.route.JsonObject;
import io.trigrun.route.NumberShape;
import io.trigrun.route.Refusal;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.route.ShapeCheck;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The query parameters of a request, checked: each is known, given once and of its shape. */
record QueryValues(Map<String, String> values, int limit, Optional<Cursor> cursor) {

  static final Map<String, Shape> PAGING = paging();

  private static final String CURSOR = "cursor";
  private static final int DEFAULT_LIMIT = 50;
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");

  private static Map<String, Shape> paging() {
    Map<String, Shape> paging = new LinkedHashMap<>();
    paging.put("limit", Shape.whole("how many items at most; 50 by default").range(1, 100));
    paging.put(CURSOR, Shape.text("next_cursor of the page before"));
    return paging;
  }

  /** What a route knows. */
  static Map<String, Shape> known(Route route) {
    Map<String, Shape> known = new LinkedHashMap<>(route.query());
    if (route.isPaged()) {
      known.putAll(PAGING);
    }
    return known;
  }

  static QueryValues read(InboundRequest request, Route route) {
    Map<String, Shape> known = known(route);
    Map<String, String> values = new HashMap<>();
    Map<String, String> wrong = new TreeMap<>();
    request
        .query()
        .forEach(
            (name, given) -> {
              values.put(name, given.get(0));
              Shape shape = known.get(name);
              (shape == null
                      ? Optional.of("expected " + ShapeCheck.nearest(name, known.keySet()))
                      : problem(name, given, shape))
                  .ifPresent(message -> wrong.put(name, message));
            });
    Optional<Cursor> cursor = Optional.ofNullable(values.get(CURSOR)).flatMap(Cursors::read);
    if (values.containsKey(CURSOR) && cursor.isEmpty()) {
      wrong.putIfAbsent(CURSOR, "expected a next_cursor, got another text");
    }
    if (!wrong.isEmpty()) {
      throw Refusal.invalid(wrong);
    }
    return new QueryValues(
        values, Integer.parseInt(values.getOrDefault("limit", "" + DEFAULT_LIMIT)), cursor);
  }

  private static Optional<String> problem(String name, List<String> given, Shape shape) {
    if (given.size() != 1) {
      return Optional.of("expected one value, got " + given.size());
    }
    try {
      ShapeCheck.check(
          JsonObject.builder().put(name, typed(given.get(0), shape)).build(),
          Shape.object("Query", "A parameter").required(name, shape));
      return Optional.empty();
    } catch (ValidationException e) {
      Problem problem = e.problems().get(0);
      return Optional.of("expected " + problem.expected() + ", got " + problem.got());
    }
  }

  private static Object typed(String text, Shape shape) {
    if (shape instanceof NumberShape && INTEGER.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    if (shape instanceof FlagShape && (text.equals("true") || text.equals("false"))) {
      return Boolean.valueOf(text);
    }
    return text;
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
