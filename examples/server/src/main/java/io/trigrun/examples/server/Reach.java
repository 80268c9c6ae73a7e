package io.trigrun.examples.server;

import io.trigrun.egress.EgressPolicy;
import io.trigrun.validation.Problems;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Where jobs and channels may call, and where the providers are that were pointed elsewhere. */
final class Reach {

  private Reach() {}

  /**
   * The internet by https, and these networks by their addresses. Their names, too: so if this
   * machine is among them, {@code localhost}.
   */
  static EgressPolicy policy(List<String> networks) {
    EgressPolicy.Builder policy = EgressPolicy.builder();
    networks.forEach(policy::allowNetwork);
    return policy.build().allows(InetAddress.getLoopbackAddress())
        ? policy.allowHost("localhost").build()
        : policy.build();
  }

  /** A URL of an option, which the policy has to let out: else nothing would ever arrive. */
  static URI require(String option, String url, EgressPolicy policy) {
    Optional<URI> parsed = parse(url);
    Problems.require(parsed.isPresent(), option, "a URL", "something else");
    URI uri = parsed.orElseThrow();
    policy
        .check(option, uri)
        .ifPresent(
            problem ->
                Problems.require(
                    false, option, "a URL that --allow-network or https lets out", problem.got()));
    return uri;
  }

  private static Optional<URI> parse(String url) {
    try {
      return Optional.of(new URI(url));
    } catch (URISyntaxException e) { // its message quotes the URL
      return Optional.empty();
    }
  }
}
