package io.trigrun.egress;

import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may be called. A URL that came in as data (a job, a channel, a callback) must not lead to
 * the host's own network unless the host says so: its author could read cloud metadata or reach
 * services that trust their neighbours.
 *
 * <p>{@link #standard()} lets out https to public addresses. A host's own services are named with
 * {@link Builder#allowHost} and {@link Builder#allowNetwork}. Asked when a job or a channel is
 * saved and before each request, each redirect included; the transport enforces it on the very
 * address that it connects to.
 *
 * <p>Pure and immutable: resolves no name, opens no connection. Thread-safe.
 */
public final class EgressPolicy {
  private static final EgressPolicy STANDARD = builder().build();
  private static final EgressPolicy UNRESTRICTED = new EgressPolicy(builder(), true);

  private final boolean unrestricted;
  private final HostNames hosts;
  private final List<Network> networks;
  private final Set<Integer> ports;
  private final boolean http;
  private final boolean nat64;

  private EgressPolicy(Builder from, boolean unrestricted) {
    this.unrestricted = unrestricted;
    hosts = new HostNames(from.hosts);
    networks = List.copyOf(from.networks);
    ports = Set.copyOf(from.ports);
    http = from.http;
    nat64 = from.nat64;
  }

  /** https to public addresses and nothing else: the default. */
  public static EgressPolicy standard() {
    return STANDARD;
  }

  /**
   * No restriction: for hosts all of whose URLs are their own code's, or that leave by a proxy
   * which judges addresses.
   */
  public static EgressPolicy unrestricted() {
    return UNRESTRICTED;
  }

  /** As {@link #standard()}, to be widened. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether this is {@link #unrestricted()}. */
  public boolean isUnrestricted() {
    return unrestricted;
  }

  /**
   * Why this URL is refused, whatever its name resolves to; empty if that is to be seen. Looks at
   * scheme, host and port only.
   *
   * @param field what the URL is called in the message: {@code request.url}
   */
  public Optional<Problem> check(String field, URI url) {
    if (unrestricted) {
      return Optional.empty();
    }
    Optional<Endpoint> known = Endpoint.of(url);
    if (known.isEmpty()) {
      return Optional.of(EgressProblem.unreadable(field, url));
    }
    Endpoint endpoint = known.get();
    if (isTrusted(endpoint)) {
      return Optional.empty();
    }
    if (endpoint.literal().isPresent()) {
      return check(field, endpoint, List.of(endpoint.literal().get()));
    }
    if (HostNames.isNeverPublic(endpoint.host())) {
      return Optional.of(EgressProblem.notPublic(field, endpoint));
    }
    // With networks allowed, who knows: the name may be of one of their hosts.
    return networks.isEmpty() ? checkSchemeAndPort(field, endpoint) : Optional.empty();
  }

  /**
   * Why this URL is refused, now that its name has these addresses; empty if it may be called. One
   * address that is refused is enough: a name that has both kinds is up to something.
   *
   * @param field as for {@link #check(String, URI)}
   * @param addresses all that the name resolves to; none if a proxy resolves it, which makes it a
   *     name of the internet: scheme and port are judged then, whatever networks are allowed
   */
  public Optional<Problem> check(String field, URI url, List<InetAddress> addresses) {
    Optional<Problem> problem = check(field, url);
    if (unrestricted || problem.isPresent()) {
      return problem;
    }
    Endpoint endpoint = Endpoint.of(url).orElseThrow();
    return isTrusted(endpoint) ? Optional.empty() : check(field, endpoint, addresses);
  }

  private Optional<Problem> check(String field, Endpoint endpoint, List<InetAddress> addresses) {
    boolean allAreOurs = !addresses.isEmpty();
    for (InetAddress address : addresses) {
      byte[] bytes = AddressTable.effective(address.getAddress(), nat64);
      if (!isAllowed(bytes)) {
        allAreOurs = false;
        Optional<AddressTable.Row> row = AddressTable.refusal(bytes);
        if (row.isPresent()) {
          return Optional.of(EgressProblem.address(field, endpoint, row.get()));
        }
      }
    }
    return allAreOurs ? Optional.empty() : checkSchemeAndPort(field, endpoint);
  }

  private Optional<Problem> checkSchemeAndPort(String field, Endpoint endpoint) {
    if (endpoint.scheme().equals("http") && !http) {
      return Optional.of(EgressProblem.scheme(field, endpoint));
    }
    return PortRules.allow(endpoint) || ports.contains(endpoint.port())
        ? Optional.empty()
        : Optional.of(EgressProblem.port(field, endpoint));
  }

  /**
   * Whether the host vouches for this URL: its name is allowed, or it is an address in a network
   * that is. Then no name is left to be judged, and the call needs no guard.
   */
  public boolean isTrusted(URI url) {
    return unrestricted || Endpoint.of(url).filter(this::isTrusted).isPresent();
  }

  private boolean isTrusted(Endpoint endpoint) {
    return hosts.contains(endpoint.host())
        || (endpoint.literal().isPresent()
            && isAllowed(AddressTable.effective(endpoint.literal().get().getAddress(), nat64)));
  }

  /**
   * Whether an address is in a network that the host allows.
   *
   * @param address IPv4 or IPv6; an IPv4 address within IPv6 counts as IPv4
   */
  public boolean allows(InetAddress address) {
    return unrestricted || isAllowed(AddressTable.effective(address.getAddress(), nat64));
  }

  private boolean isAllowed(byte[] address) {
    for (Network network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return unrestricted
        ? "EgressPolicy[unrestricted]"
        : "EgressPolicy[hosts="
            + hosts
            + ", networks="
            + networks
            + ", http="
            + http
            + ", ports="
            + ports
            + "]";
  }

  /** Widens {@link #standard()}. Each setter refuses nonsense at once. Not thread-safe. */
  public static final class Builder {
    private final HostNames hosts = new HostNames();
    private final Set<Network> networks = new LinkedHashSet<>();
    private final Set<Integer> ports = new LinkedHashSet<>();
    private boolean http;
    private boolean nat64;

    private Builder() {}

    /**
     * Lets out all that goes to this name, whatever it resolves to, on any port, http included: for
     * the host's own services. Default: none.
     *
     * @param name a host name in any case, {@code *.svc.cluster.local} for all names below one, or
     *     an address
     * @throws io.trigrun.validation.ValidationException if it is none of these
     */
    public Builder allowHost(String name) {
      if (IpLiteral.parse(name).isPresent()) {
        return allowNetwork(name);
      }
      hosts.add(name);
      return this;
    }

    /**
     * Lets out all that goes to these addresses, on any port, http included, whatever name has led
     * there. Default: none.
     *
     * @param cidr {@code 10.0.0.0/8}, {@code fd00::/8}, or one address; no bits set behind the
     *     prefix
     * @throws io.trigrun.validation.ValidationException if it is none of these
     */
    public Builder allowNetwork(String cidr) {
      networks.add(Network.parse(cidr));
      return this;
    }

    /**
     * Lets out what goes to this machine: {@code localhost}, 127.0.0.0/8 and ::1. For development
     * and tests: in production other services listen there, too.
     */
    public Builder allowLoopback() {
      return allowHost("localhost").allowNetwork("127.0.0.0/8").allowNetwork("::1/128");
    }

    /** Lets http out to public addresses, too. Default: https only. */
    public Builder allowHttp() {
      http = true;
      return this;
    }

    /**
     * Lets a port of public addresses out that is not by default: below 1024 all but 443 (and 80
     * with http) are refused, above that those where browsers call nobody either.
     *
     * @param port 1 to 65,535
     */
    public Builder allowPort(int port) {
      Problems.require(port >= 1 && port <= 65_535, "egress.port", "1 to 65535", port);
      ports.add(port);
      return this;
    }

    /**
     * Judges addresses in the NAT64 prefix 64:ff9b::/96 by the IPv4 address in them: for IPv6-only
     * hosts, where all of IPv4 is behind it. Default: refuses them.
     */
    public Builder throughNat64() {
      nat64 = true;
      return this;
    }

    /** The policy. */
    public EgressPolicy build() {
      return new EgressPolicy(this, false);
    }
  }
}
