package io.trigrun.egress;

import io.trigrun.validation.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that are allowed whatever they resolve to, and names that are never public. */
final class HostNames {
  /** Of this machine, of this link (RFC 6762), of this organisation; the metadata of clouds. */
  private static final List<String> NOT_PUBLIC = List.of("localhost", "local", "internal");

  private static final Pattern NAME =
      Pattern.compile(
          "(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");

  private final Set<String> exact = new LinkedHashSet<>();
  private final Set<String> suffixes = new LinkedHashSet<>();

  HostNames() {}

  HostNames(HostNames other) {
    exact.addAll(other.exact);
    suffixes.addAll(other.suffixes);
  }

  /**
   * @throws io.trigrun.validation.ValidationException if it is no host name
   */
  void add(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String plain = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    Problems.require(
        plain.length() <= 253 && NAME.matcher(plain).matches(),
        "egress.host",
        "a host name (billing.internal), or all names below one (*.svc.cluster.local),"
            + " without scheme, port and path",
        name);
    if (plain.startsWith("*.")) {
      suffixes.add(plain.substring(1));
    } else {
      exact.add(plain);
    }
  }

  boolean contains(String host) {
    if (exact.contains(host)) {
      return true;
    }
    for (String suffix : suffixes) {
      if (host.endsWith(suffix) && host.length() > suffix.length()) {
        return true;
      }
    }
    return false;
  }

  static boolean isNeverPublic(String host) {
    return NOT_PUBLIC.contains(host.substring(host.lastIndexOf('.') + 1));
  }

  @Override
  public String toString() {
    return exact + " " + suffixes.stream().map(suffix -> "*" + suffix).toList();
  }
}
