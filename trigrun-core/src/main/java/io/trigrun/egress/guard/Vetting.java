package io.trigrun.egress.guard;

import io.trigrun.egress.EgressPolicy;
import io.trigrun.egress.EgressRefusedException;
import io.trigrun.validation.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Resolves a name once and says which addresses may be connected to: all of them, or none. */
record Vetting(EgressPolicy policy, NameResolver resolver) {
  private static final String FIELD = "request.url";

  /**
   * Where to connect to. Blocks.
   *
   * @throws EgressRefusedException if the policy refuses the URL or one of the addresses
   * @throws UnknownHostException if there is no address
   */
  List<InetSocketAddress> addresses(URI url) throws IOException {
    refuse(policy.check(FIELD, url), false);
    String host = url.getHost();
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    List<InetAddress> found = resolver.resolve(name);
    if (found.isEmpty()) {
      throw new UnknownHostException(name);
    }
    refuse(policy.check(FIELD, url, found), true);
    for (InetAddress address : found) {
      refuse(own(address), true);
    }
    int port = url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("http") ? 80 : 443;
    return found.stream()
        .limit(GuardLimits.ADDRESSES)
        .map(address -> new InetSocketAddress(address, port))
        .toList();
  }

  private static void refuse(Optional<Problem> problem, boolean mayChange)
      throws EgressRefusedException {
    if (problem.isPresent()) {
      throw new EgressRefusedException(problem.get(), mayChange);
    }
  }

  /** This machine may have public addresses, and listen there for its neighbours only. */
  private Optional<Problem> own(InetAddress address) throws IOException {
    return policy.allows(address) || NetworkInterface.getByInetAddress(address) == null
        ? Optional.empty()
        : Optional.of(
            new Problem(
                FIELD,
                "another machine, or an address that the egress policy allows"
                    + " (EgressPolicy.builder().allowNetwork(...))",
                "an address of this one"));
  }
}
