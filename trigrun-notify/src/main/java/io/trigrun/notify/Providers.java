package io.trigrun.notify;

import io.trigrun.egress.EgressPolicy;
import io.trigrun.notify.channel.BuiltInProviders;
import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The kinds of channels there are, by type. */
final class Providers {

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,49}");

  private static final String EMAIL_ADVICE =
      "add .email(ResendMail.of(apiKey, from)) or .email(SmtpMail.of(url, from)) to"
          + " Notifications.builder()";

  private final Map<String, ChannelProvider<?>> byType = new LinkedHashMap<>();
  private final ChannelProvider<?> noEmail;
  private final String emailAdvice;

  Providers(List<ChannelProvider<?>> providers) {
    this(providers, EMAIL_ADVICE);
  }

  /**
   * @param emailAdvice what to add where no way for mail to leave is set up
   */
  Providers(List<ChannelProvider<?>> providers, String emailAdvice) {
    this.emailAdvice = emailAdvice;
    noEmail = BuiltInProviders.emailNotSetUp(emailAdvice);
    for (ChannelProvider<?> provider : providers) {
      add(provider);
    }
    // A provider of the host's own may be of this type: it comes first.
    byType.putIfAbsent(noEmail.spec().type(), noEmail);
  }

  private void add(ChannelProvider<?> provider) {
    String type = provider.spec().type();
    String name = provider.getClass().getName();
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "expected a type of 1 to 50 lower case letters, digits and underscores, got %s from %s"
              .formatted(type, name));
    }
    ChannelProvider<?> other = byType.putIfAbsent(type, provider);
    if (other != null) {
      throw new IllegalArgumentException(
          "expected one provider for each type of channel, got two for %s, %s and %s: leave one out"
                  .formatted(type, other.getClass().getName(), name)
              + ", or call discoverProviders(false) if one was found by ServiceLoader");
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

  /**
   * What this host was set up without, if channels of this type need it, and what to do about it.
   */
  Optional<String> lacking(String type) {
    return byType.get(type) == noEmail
        ? Optional.of("no way for mail to leave is set up here: " + emailAdvice)
        : Optional.empty();
  }

  /** The types there are. */
  Set<String> types() {
    return Collections.unmodifiableSet(byType.keySet());
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

  /** Whether messages of a channel of this kind may be worded so. */
  static void check(ChannelProvider<?> provider, MessageTemplate template, Problems problems) {
    problems.check(
        template.payload().isEmpty()
            || (provider instanceof HttpChannelProvider<?> http && http.takesAnyJson()),
        "template.payload",
        "none but for a webhook: other receivers take their own form only",
        "one for a channel of type " + provider.spec().type());
  }

  /** Empty if this node doesn't know the type. */
  Optional<Sender> sender(String type, Settings settings, MessageTemplate template) {
    return Optional.ofNullable(byType.get(type))
        .map(provider -> Sender.of(provider, settings, template));
  }
}
