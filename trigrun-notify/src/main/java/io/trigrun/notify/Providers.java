package io.trigrun.notify;

import io.trigrun.egress.EgressPolicy;
import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of channels there are, by type. */
final class Providers {

  private final Map<String, ChannelProvider<?>> byType = new LinkedHashMap<>();

  Providers(List<ChannelProvider<?>> providers) {
    for (ChannelProvider<?> provider : providers) {
      String type = provider.spec().type();
      if (byType.putIfAbsent(type, provider) != null) {
        throw new IllegalArgumentException(
            "expected one provider for each type of channel, got two for " + type);
      }
    }
  }

  /**
   * The provider of a type.
   *
   * @throws io.trigrun.validation.ValidationException if there is none
   */
  ChannelProvider<?> require(String type) {
    Optional<ChannelProvider<?>> provider = Optional.ofNullable(byType.get(type));
    Problems.require(provider.isPresent(), "type", "one of " + byType.keySet(), type);
    return provider.orElseThrow();
  }

  /** Whether a channel with these settings may be saved, and may be called where it leads to. */
  static void check(ChannelProvider<?> provider, Settings settings, EgressPolicy egress) {
    Problems problems = new Problems();
    provider.spec().check(settings, problems);
    problems.throwIfAny();
    if (Sender.of(provider, settings) instanceof HttpSender<?> http) {
      Pinning.check(provider.spec(), http.target(), egress, problems);
    }
    problems.throwIfAny();
  }

  /** Empty if this node doesn't know the type. */
  Optional<Sender> sender(String type, Settings settings) {
    return Optional.ofNullable(byType.get(type)).map(provider -> Sender.of(provider, settings));
  }
}
