package io.trigrun.egress;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Scheme, host and port of a URL.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case, without the final dot; an IPv6 address without brackets
 * @param literal the address, if the host is one
 * @param port the scheme's, unless the URL names one
 */
record Endpoint(String scheme, String host, Optional<InetAddress> literal, int port) {

  /**
   * Empty for what different readers read differently: no host, an IPv4 address in any spelling but
   * four decimal numbers, an IPv6 address with a zone.
   */
  static Optional<Endpoint> of(URI url) {
    String scheme = lower(url.getScheme());
    String host = lower(url.getHost());
    boolean http = scheme.equals("http");
    if ((!http && !scheme.equals("https")) || host.isEmpty() || url.getRawUserInfo() != null) {
      return Optional.empty();
    }
    int port = url.getPort() >= 0 ? url.getPort() : http ? 80 : 443;
    if (port < 1 || port > 65_535) {
      return Optional.empty();
    }
    if (host.startsWith("[")) {
      String address = host.substring(1, host.length() - 1);
      return IpLiteral.parse(address)
          .map(literal -> new Endpoint(scheme, address, Optional.of(literal), port));
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (name.isEmpty() || name.endsWith(".")) {
      return Optional.empty();
    }
    Optional<InetAddress> literal = IpLiteral.parse(host); // "127.0.0.1." is a name to resolvers
    return literal.isEmpty() && isNumeric(name)
        ? Optional.empty()
        : Optional.of(new Endpoint(scheme, name, literal, port));
  }

  /** Some resolvers read 2130706433, 0177.0.0.1 and 0x7f.1 as addresses, others as names. */
  private static boolean isNumeric(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return last.startsWith("0x") || last.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String lower(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
