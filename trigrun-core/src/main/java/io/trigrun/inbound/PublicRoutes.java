package io.trigrun.inbound;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds public routes by path and method: what is documented is what is found. */
public final class PublicRoutes implements InboundRoutes {

  private final List<PublicRoute> routes;
  private final List<Place> places;

  private PublicRoutes(List<PublicRoute> routes) {
    this.routes = routes;
    Map<String, Map<String, PublicRoute>> byPath = new LinkedHashMap<>();
    for (PublicRoute route : routes) {
      byPath
          .computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
          .put(route.method(), route);
    }
    this.places = byPath.values().stream().map(Place::of).toList();
  }

  /** Of all of them, those of one path under different methods. */
  public static PublicRoutes of(List<PublicRoute> routes) {
    return new PublicRoutes(List.copyOf(routes));
  }

  @Override
  public Optional<InboundResponse> handle(InboundRequest request) {
    List<String> path = request.segments();
    return places.stream()
        .filter(place -> place.fits(path))
        .findFirst()
        .map(place -> place.answer(request, path));
  }

  @Override
  public List<PublicRoute> described() {
    return routes;
  }

  /** All routes of one path. */
  private record Place(List<String> segments, int token, Map<String, PublicRoute> methods) {

    static Place of(Map<String, PublicRoute> methods) {
      List<String> segments = methods.values().iterator().next().segments();
      return new Place(segments, segments.indexOf(PublicRoute.TOKEN), methods);
    }

    boolean fits(List<String> path) {
      if (path.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < segments.size(); i++) {
        if (i != token && !segments.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    InboundResponse answer(InboundRequest request, List<String> path) {
      PublicRoute route = methods.get(request.isRead() ? "GET" : request.method());
      return route == null
          ? InboundResponse.methodNotAllowed(allowed())
          : route.action().answer(request, path.get(token));
    }

    private String[] allowed() {
      Set<String> allowed = new LinkedHashSet<>();
      for (String method : methods.keySet()) {
        allowed.add(method);
        if (method.equals("GET")) {
          allowed.add("HEAD");
        }
      }
      return allowed.toArray(String[]::new);
    }
  }
}
