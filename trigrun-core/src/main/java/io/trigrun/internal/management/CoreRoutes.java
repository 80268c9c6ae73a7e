package io.trigrun.internal.management;

import io.trigrun.route.Route;
import java.util.List;
import java.util.stream.Stream;

/** All of core's own. */
public final class CoreRoutes {

  private CoreRoutes() {}

  public static List<Route> all() {
    return Stream.of(SecretRoutes.all(), MonitorRoutes.all()).flatMap(List::stream).toList();
  }
}
