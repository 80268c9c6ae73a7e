package io.trigrun.http;

import io.trigrun.egress.EgressPolicy;
import io.trigrun.egress.EgressRefusedException;
import io.trigrun.egress.guard.EgressGuard;
import io.trigrun.validation.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which way a request leaves: directly, if the host vouches for its target; by the host's proxy, if
 * there is one, which resolves the name itself; else through the guard. Asked for each hop of a
 * call.
 */
final class EgressRoutes implements AutoCloseable {
  private static final String FIELD = "request.url";

  private final EgressPolicy policy;
  private final Optional<ProxySelector> proxies;
  private final EgressGuard guard;
  private volatile @Nullable Proxy guardian;

  EgressRoutes(EgressPolicy policy, Optional<ProxySelector> proxies, EgressGuard guard) {
    this.policy = policy;
    this.proxies = proxies;
    this.guard = guard;
  }

  EgressPolicy policy() {
    return policy;
  }

  /**
   * The hop as it may leave.
   *
   * @throws EgressRefusedException if the policy refuses it as it stands
   * @throws IOException if it needs the guard, and the guard can't be opened
   */
  Departure depart(Hop hop) throws IOException {
    if (policy.isTrusted(hop.uri())) {
      return Departure.unguarded(hop);
    }
    if (!ofHost(hop.uri()).isEmpty()) {
      // No address will ever tell that the name is one of the host's own network.
      refuse(policy.check(FIELD, hop.uri(), List.of()));
      return Departure.unguarded(hop);
    }
    refuse(policy.check(FIELD, hop.uri()));
    guardian = proxy(guard.open());
    return Departure.guarded(hop, guard.issue());
  }

  private static void refuse(Optional<Problem> problem) throws EgressRefusedException {
    if (problem.isPresent()) {
      throw new EgressRefusedException(problem.get(), false);
    }
  }

  private Proxy proxy(InetSocketAddress address) {
    Proxy known = guardian;
    return known != null && address.equals(known.address())
        ? known
        : new Proxy(Proxy.Type.HTTP, address);
  }

  /** The client knows no other proxies. */
  private List<Proxy> ofHost(URI uri) {
    return proxies.stream()
        .flatMap(selector -> selector.select(uri).stream())
        .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
        .toList();
  }

  /** For the client. What it is asked about has been through {@link #depart}. */
  ProxySelector selector() {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        List<Proxy> ofHost = ofHost(uri);
        if (!ofHost.isEmpty()) {
          return ofHost;
        }
        if (policy.isTrusted(uri)) {
          return List.of(Proxy.NO_PROXY);
        }
        Proxy inBetween = guardian;
        if (inBetween == null) {
          throw new IllegalStateException("expected a guard for " + uri.getHost() + ", got none");
        }
        return List.of(inBetween);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        proxies.ifPresent(selector -> selector.connectFailed(uri, address, failure));
      }
    };
  }

  @Override
  public void close() {
    guard.close();
  }
}
