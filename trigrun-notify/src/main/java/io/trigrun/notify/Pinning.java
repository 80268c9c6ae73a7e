package io.trigrun.notify;

import io.trigrun.egress.EgressPolicy;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problems;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a channel may lead where it leads: to the hosts of its kind, and nowhere that the egress
 * policy refuses. What that policy vouches for is let through, whatever the kind: a test server, a
 * self-hosted one.
 */
final class Pinning {

  private Pinning() {}

  static void check(ProviderSpec spec, URI target, EgressPolicy egress, Problems problems) {
    String field = Settings.field(destination(spec));
    egress.check(field, target).ifPresent(p -> problems.add(p.field(), p.expected(), p.got()));
    String host =
        Optional.ofNullable(target.getHost()).map(h -> h.toLowerCase(Locale.ROOT)).orElse("");
    if (problems.isEmpty() && !isOneOf(spec.hosts(), host) && !egress.isTrusted(target)) {
      problems.add(field, "a URL of " + String.join(", ", spec.hosts()), "one of " + host);
    }
  }

  private static boolean isOneOf(List<String> hosts, String host) {
    return hosts.isEmpty()
        || hosts.stream().anyMatch(end -> host.equals(end) || host.endsWith("." + end));
  }

  private static String destination(ProviderSpec spec) {
    return spec.fields().stream()
        .filter(ProviderSpec.Field::destination)
        .map(ProviderSpec.Field::name)
        .findFirst()
        .orElse("url");
  }
}
