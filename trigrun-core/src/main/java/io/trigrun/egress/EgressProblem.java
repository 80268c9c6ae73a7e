package io.trigrun.egress;

import io.trigrun.validation.Problem;
import java.net.URI;
import java.util.Optional;

/**
 * What is said when something is refused. Names no path and no query; nor the address that a name
 * has, which would tell the author of a URL about the host's network.
 */
final class EgressProblem {
  private static final String FIX = "EgressPolicy.builder().";

  private EgressProblem() {}

  static Problem unreadable(String field, URI url) {
    String host = Optional.ofNullable(url.getHost()).map(EgressProblem::shown).orElse("no host");
    return new Problem(
        field,
        "an http or https URL without user name, with a host name or an address (IPv4 as four"
            + " decimal numbers, IPv6 without zone)",
        host);
  }

  static Problem notPublic(String field, Endpoint endpoint) {
    return new Problem(
        field, publicHost(endpoint), shown(endpoint.host()) + ", a name that is never public");
  }

  static Problem address(String field, Endpoint endpoint, AddressTable.Row row) {
    String what = row.what() + " (" + row.network() + ")";
    return new Problem(
        field,
        publicHost(endpoint),
        shown(endpoint.host())
            + (endpoint.literal().isPresent() ? ": " : ", which leads to: ")
            + what);
  }

  private static String publicHost(Endpoint endpoint) {
    String own =
        endpoint.literal().isPresent()
            ? "allowNetwork(\"" + endpoint.host() + "\")"
            : "allowHost(\"" + shown(endpoint.host()) + "\")";
    return "a host on the internet, or one that the egress policy allows (" + FIX + own + ")";
  }

  static Problem scheme(String field, Endpoint endpoint) {
    return new Problem(
        field,
        "https, or a host or scheme that the egress policy allows ("
            + FIX
            + "allowHost(\""
            + shown(endpoint.host())
            + "\") or allowHttp())",
        "http");
  }

  static Problem port(String field, Endpoint endpoint) {
    return new Problem(
        field,
        PortRules.EXPECTED + " (others with " + FIX + "allowPort(" + endpoint.port() + "))",
        "port " + endpoint.port());
  }

  private static String shown(String host) {
    return host.length() <= 80 ? host : host.substring(0, 80) + "...";
  }
}
