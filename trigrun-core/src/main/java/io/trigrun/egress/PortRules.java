package io.trigrun.egress;

import java.util.Set;

/** Ports where an HTTP request may be taken for something else. */
final class PortRules {
  /**
   * Those of 1024 and above that browsers refuse (Fetch standard, "port blocking"), and two caches
   * that execute the lines of a request as commands.
   */
  private static final Set<Integer> CONFUSABLE =
      Set.of(
          1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667,
          6668, 6669, 6679, 6697, 10_080, 11_211);

  static final String EXPECTED =
      "port 443, 80 with http, or 1024 to 65535 without those of other protocols";

  private PortRules() {}

  static boolean allow(Endpoint endpoint) {
    int port = endpoint.port();
    return port == 443
        || (port == 80 && endpoint.scheme().equals("http"))
        || (port >= 1024 && !CONFUSABLE.contains(port));
  }
}
