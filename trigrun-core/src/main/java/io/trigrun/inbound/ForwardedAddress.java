package io.trigrun.inbound;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The client's address, as proxies that are trusted tell it. */
final class ForwardedAddress {

  /** An IPv6 address has 45 characters at most, a zone left out. */
  private static final int LONGEST = 64;

  private ForwardedAddress() {}

  static Optional<String> of(InboundRequest request, int proxies) {
    List<String> hops =
        request.headers().getOrDefault("X-Forwarded-For", List.of()).stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(String::strip)
            .toList();
    return hops.size() < proxies
        ? Optional.empty()
        : Optional.of(hops.get(hops.size() - proxies))
            .filter(address -> !address.isEmpty() && address.length() <= LONGEST);
  }
}
