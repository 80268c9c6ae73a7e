package io.trigrun.management;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.Refusal;
import io.trigrun.route.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds routes. Where several paths fit the one with words for parameters is meant. */
final class RouteTable {

  private final List<Template> templates;

  RouteTable(List<Route> routes) {
    Map<List<String>, Map<String, Route>> byPath = new LinkedHashMap<>();
    Map<String, Route> byName = new HashMap<>();
    for (Route route : routes) {
      Route same = byName.put(route.name(), route);
      Route there =
          byPath
              .computeIfAbsent(nameless(route), path -> new LinkedHashMap<>())
              .put(route.method(), route);
      if (same != null || there != null) {
        throw new IllegalArgumentException(
            "expected each route once, by name and by path, got " + route + " twice");
      }
    }
    List<Template> all = new ArrayList<>();
    byPath.forEach((path, methods) -> all.add(new Template(path, methods)));
    all.sort(Comparator.comparing(Template::order));
    this.templates = List.copyOf(all);
  }

  /** The path without the names of its parameters. */
  private static List<String> nameless(Route route) {
    return route.segments().stream()
        .map(segment -> Route.isParameter(segment) ? "{}" : segment)
        .toList();
  }

  /** Empty if no route has the path, whatever the method. */
  Optional<Place> find(InboundRequest request) {
    List<String> path = request.segments();
    return templates.stream()
        .filter(template -> template.fits(path))
        .findFirst()
        .map(template -> new Place(template, path));
  }

  /** All routes of one path. */
  private record Template(List<String> segments, Map<String, Route> methods) {

    boolean fits(List<String> path) {
      if (path.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        String segment = segments.get(i);
        String given = path.get(i);
        if (segment.equals("{}") ? given.isEmpty() : !segment.equals(given)) {
          return false;
        }
      }
      return true;
    }

    /** Words before parameters, from the left. */
    String order() {
      return segments.stream()
          .map(segment -> segment.equals("{}") ? "1" : "0")
          .collect(Collectors.joining());
    }
  }

  /** A path that exists. */
  static final class Place {

    private final Template template;
    private final List<String> path;

    private Place(Template template, List<String> path) {
      this.template = template;
      this.path = path;
    }

    /**
     * The route of the request's method.
     *
     * @throws Refusal 405 if there is none
     */
    Route route(InboundRequest request) {
      Route route =
          template.methods().get(request.method().equals("HEAD") ? "GET" : request.method());
      if (route == null) {
        throw Refusal.of(ErrorCode.METHOD_NOT_ALLOWED, "expected one of " + allowed())
            .withHeader("Allow", allowed());
      }
      return route;
    }

    private String allowed() {
      TreeSet<String> methods = new TreeSet<>(template.methods().keySet());
      if (methods.contains("GET")) {
        methods.add("HEAD");
      }
      return String.join(", ", methods);
    }

    /** The values of the parameters. */
    Map<String, String> values(Route route) {
      List<String> names = route.segments();
      Map<String, String> values = new HashMap<>();
      for (int i = 0; i < path.size(); i++) {
        String name = names.get(i);
        if (Route.isParameter(name)) {
          values.put(name.substring(1, name.length() - 1), path.get(i));
        }
      }
      return values;
    }
  }
}
