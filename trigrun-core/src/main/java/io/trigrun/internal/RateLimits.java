package io.trigrun.internal;

import io.trigrun.RateLimit;
import io.trigrun.validation.Problems;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The rate limits that a host has chosen for the node; those of jobs are in their specifications.
 *
 * @param handlers by handler
 * @param hosts by target host, in lower case
 * @param otherHosts for each host that has none
 */
public record RateLimits(
    Map<String, RateLimit> handlers, Map<String, RateLimit> hosts, Optional<RateLimit> otherHosts) {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]+]");

  public RateLimits {
    handlers = Map.copyOf(handlers);
    hosts = Map.copyOf(hosts);
  }

  /** A host's name as it is limited by: lower case, without the final dot. */
  public static String host(String name) {
    Problems.require(
        HOST.matcher(name).matches(),
        "rate_limit.host",
        "a host as in a URL, without scheme, port and path (api.example.com)",
        name);
    return canonical(name);
  }

  static String canonical(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  boolean areOfHosts() {
    return otherHosts.isPresent() || !hosts.isEmpty();
  }

  Optional<RateLimit> ofHost(String canonical) {
    RateLimit own = hosts.get(canonical);
    return own == null ? otherHosts : Optional.of(own);
  }

  void requireHandlers(Set<String> known) {
    Set<String> unknown = new TreeSet<>(handlers.keySet());
    unknown.removeAll(known);
    Problems.require(
        unknown.isEmpty(), "rate_limit.handler", "one of " + new TreeSet<>(known), unknown);
  }
}
