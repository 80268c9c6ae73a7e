package io.trigrun.notify;

import io.trigrun.egress.EgressPolicy;
import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.Settings;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.Definition;
import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import io.trigrun.validation.ValidationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A channel that is about to be saved: checked, with the secrets that it keeps from before.
 *
 * @param settings all of them, secrets included, names of secrets not resolved
 * @param carried the secrets that were not given again
 * @param template words of its own, if it has any
 * @param movedFrom as {@link ChannelDocument#movedFrom}
 */
record ChannelDraft(
    ChannelProvider<?> provider,
    Settings settings,
    Map<String, KeptSecret> carried,
    Optional<MessageTemplate> template,
    Settings movedFrom) {

  private static final int LONGEST_NAME = 100;

  /** A new channel. */
  static ChannelDraft of(
      ChannelSpec spec,
      String workspace,
      Providers providers,
      ChannelVault vault,
      EgressPolicy egress) {
    Problems problems = new Problems();
    checkName(spec.name(), problems);
    ChannelProvider<?> provider = providers.require(spec.type());
    Settings settings = given(provider, spec);
    noting(
        problems,
        () ->
            Providers.check(
                provider, vault.resolved(workspace, provider.spec(), settings), egress));
    Optional<MessageTemplate> template = template(provider, spec, problems);
    problems.throwIfAny();
    return new ChannelDraft(provider, settings, Map.of(), template, Settings.empty());
  }

  /** The same, but what the receiver has changed since it was said so is not undone. */
  ChannelDraft following(Definition old) {
    ChannelDocument before = ChannelDocument.read(old.document());
    return new ChannelDraft(
        provider, before.following(settings), carried, template, before.movedFrom(settings));
  }

  /**
   * A changed channel. A secret that is not given stays, unless the channel would lead elsewhere:
   * who may change a URL must not thereby get what was meant for another. An empty text takes a
   * secret away.
   */
  static ChannelDraft of(
      ChannelSpec spec,
      Definition old,
      Providers providers,
      ChannelVault vault,
      EgressPolicy egress) {
    Problems problems = new Problems();
    checkName(spec.name(), problems);
    ChannelProvider<?> provider = providers.require(spec.type());
    Optional<MessageTemplate> template = template(provider, spec, problems);
    ChannelDocument before = ChannelDocument.read(old.document());
    Settings settings = given(provider, spec);
    Map<String, KeptSecret> carried = new LinkedHashMap<>();
    for (Map.Entry<String, KeptSecret> each : before.secrets().entrySet()) {
      if (!settings.names().contains(each.getKey())
          && !isWithoutName(provider, settings, each.getKey())) {
        carried.put(each.getKey(), each.getValue());
      }
    }
    Settings now = withEnds(withoutEmptySecrets(provider, settings), before, carried.keySet());
    noting(
        problems, () -> checkChange(provider, old, before, now, carried.keySet(), vault, egress));
    problems.throwIfAny();
    return new ChannelDraft(provider, now, carried, template, Settings.empty()).following(old);
  }

  private static void checkChange(
      ChannelProvider<?> provider,
      Definition old,
      ChannelDocument before,
      Settings settings,
      Set<String> carried,
      ChannelVault vault,
      EgressPolicy egress) {
    Settings all = vault.resolved(old.workspace(), provider.spec(), settings);
    if (!carried.isEmpty()) {
      Settings opened = opened(old, before, vault, carried);
      for (String field : carried) {
        all = all.withValueOf(opened, field);
      }
      requireSameTarget(provider, opened, all, carried);
    }
    Providers.check(provider, all, egress);
  }

  /** As it is stored. */
  ChannelDocument document(String workspace, UUID id, ChannelVault vault) {
    ChannelDocument fresh = vault.keep(workspace, id, provider.spec(), settings);
    Map<String, KeptSecret> secrets = new LinkedHashMap<>(fresh.secrets());
    secrets.putAll(carried);
    return new ChannelDocument(fresh.type(), fresh.open(), secrets, template, movedFrom);
  }

  /** Whether saving it would change nothing. */
  boolean isAs(Definition old, ChannelVault vault) {
    ChannelDocument before = ChannelDocument.read(old.document());
    Settings now = settings;
    for (Map.Entry<String, KeptSecret> each : before.secrets().entrySet()) {
      if (carried.containsKey(each.getKey())) {
        continue;
      }
      boolean isNamed = each.getValue() instanceof KeptSecret.Named;
      String was;
      try {
        was = isNamed ? each.getValue().hint() : vault.open(old, each.getKey(), each.getValue());
      } catch (SecretUnavailableException e) {
        return false;
      }
      if (!now.text(each.getKey()).equals(Optional.of(was))) {
        return false;
      }
      now = now.without(each.getKey());
    }
    return before.open().equals(now) && before.template().equals(template);
  }

  private static void noting(Problems problems, Runnable check) {
    try {
      check.run();
    } catch (ValidationException e) {
      problems.addAll(e);
    }
  }

  private static Optional<MessageTemplate> template(
      ChannelProvider<?> provider, ChannelSpec spec, Problems problems) {
    spec.template().ifPresent(words -> Providers.check(provider, words, problems));
    return spec.template().filter(words -> !words.isEmpty());
  }

  private static Settings given(ChannelProvider<?> provider, ChannelSpec spec) {
    return provider.spec().respelled(spec.settings());
  }

  /** What belongs to a setting that is not given any more goes with it. */
  private static boolean isWithoutName(
      ChannelProvider<?> provider, Settings settings, String secret) {
    if (!secret.endsWith(ProviderSpec.VALUE)) {
      return false;
    }
    String stem = secret.substring(0, secret.length() - ProviderSpec.VALUE.length());
    String name = stem + ProviderSpec.NAME;
    return provider.spec().fields().stream().anyMatch(field -> field.name().equals(name))
        && !settings.names().contains(name);
  }

  private static Settings withoutEmptySecrets(ChannelProvider<?> provider, Settings settings) {
    Settings result = settings;
    for (String field : provider.spec().secretNames()) {
      if (settings.text(field).filter(String::isEmpty).isPresent()) {
        result = result.without(field);
      }
    }
    return result;
  }

  /** A secret that stays for a while stays for that while. */
  private static Settings withEnds(Settings settings, ChannelDocument before, Set<String> carried) {
    Settings result = settings;
    for (String field : carried) {
      String end = field + ProviderSpec.END;
      if (!settings.names().contains(end)) {
        result = result.withValueOf(before.open(), end);
      }
    }
    return result;
  }

  private static Settings opened(
      Definition old, ChannelDocument before, ChannelVault vault, Set<String> fields) {
    try {
      return vault.open(old, before);
    } catch (SecretUnavailableException e) {
      if (e.isRetryable()) {
        throw e;
      }
      throw new ValidationException(
          fields.stream()
              .map(field -> again(field, "one that can't be decrypted any more"))
              .toList());
    }
  }

  private static void requireSameTarget(
      ChannelProvider<?> provider, Settings before, Settings now, Set<String> carried) {
    if (!target(provider, before).equals(target(provider, now))) {
      List<Problem> problems =
          new TreeSet<>(carried)
              .stream()
                  .map(field -> again(field, "none, while the channel leads elsewhere"))
                  .toList();
      throw new ValidationException(problems);
    }
  }

  private static Problem again(String field, String got) {
    return new Problem(Settings.field(field), "its value again", got);
  }

  /** The URL of its requests; without any, the settings that say where messages go. */
  private static Object target(ChannelProvider<?> provider, Settings settings) {
    if (Sender.of(provider, settings) instanceof HttpSender<?> http) {
      return http.target();
    }
    Settings where = Settings.empty();
    for (String name : provider.spec().destinationNames()) {
      where = where.withValueOf(settings, name);
    }
    return where;
  }

  private static void checkName(String name, Problems problems) {
    problems.check(
        !name.isBlank()
            && name.length() <= LONGEST_NAME
            && name.chars().noneMatch(Character::isISOControl)
            && StorableText.isStorable(name),
        "name",
        "1 to " + LONGEST_NAME + " characters without control characters",
        StorableText.of(name));
  }
}
