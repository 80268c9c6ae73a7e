package io.trigrun.notify;

import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.Settings;
import io.trigrun.secret.Ciphertext;
import io.trigrun.secret.SecretContext;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.Definition;
import io.trigrun.spi.SecretAccess;
import io.trigrun.validation.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Keeps the secrets of channels: encrypted by the host's cipher, bound to workspace, channel and
 * field, so that none can be put in another's place; or as names of the workspace's own secrets.
 */
record ChannelVault(SecretAccess secrets) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
  private static final int HINT = 4;
  private static final int SPARES_A_HINT = 16;

  /**
   * The settings as they are stored: each secret encrypted anew, under the newest key.
   *
   * @throws io.trigrun.secret.NoCipherException if there is something to encrypt and no cipher
   * @throws io.trigrun.validation.ValidationException for {@code secret://} without a name
   */
  ChannelDocument keep(String workspace, UUID channelId, ProviderSpec spec, Settings settings) {
    Settings open = Settings.empty();
    Map<String, KeptSecret> kept = new LinkedHashMap<>();
    for (String field : settings.names()) {
      if (spec.secretNames().contains(field)) {
        kept.put(field, keep(workspace, channelId, field, settings.text(field).orElse("")));
      } else {
        open = open.withValueOf(settings, field);
      }
    }
    return new ChannelDocument(spec.type(), open, kept, Optional.empty(), Settings.empty());
  }

  private KeptSecret keep(String workspace, UUID channelId, String field, String value) {
    if (value.startsWith(KeptSecret.Named.SCHEME)) {
      String name = value.substring(KeptSecret.Named.SCHEME.length());
      Problems.require(
          NAME.matcher(name).matches(),
          Settings.field(field),
          "secret:// and the name of a secret: letters, digits, dots, dashes and underscores",
          "another form");
      return new KeptSecret.Named(name);
    }
    Ciphertext sealed = secrets.seal(value, context(workspace, channelId, field));
    return new KeptSecret.Sealed(sealed, hint(value));
  }

  private static String hint(String value) {
    return value.length() < SPARES_A_HINT ? "…" : "…" + value.substring(value.length() - HINT);
  }

  /**
   * All settings, secrets included.
   *
   * @throws SecretUnavailableException if one of them can't be had, now or ever
   */
  Settings open(Definition channel, ChannelDocument document) {
    Settings settings = document.open();
    for (Map.Entry<String, KeptSecret> each : document.secrets().entrySet()) {
      settings = settings.with(each.getKey(), open(channel, each.getKey(), each.getValue()));
    }
    return settings;
  }

  String open(Definition channel, String field, KeptSecret kept) {
    if (kept instanceof KeptSecret.Named named) {
      return secrets
          .lookup(channel.workspace())
          .find(named.name())
          .orElseThrow(
              () ->
                  SecretUnavailableException.permanent(
                      Settings.field(field)
                          + ": expected a stored secret named "
                          + named.name()
                          + ", got none; create it, or change the channel, and send again"));
    }
    return secrets.open(
        ((KeptSecret.Sealed) kept).ciphertext(), context(channel.workspace(), channel.id(), field));
  }

  /**
   * The settings with the values of the secrets that they name, where they may name any.
   *
   * @throws io.trigrun.validation.ValidationException for one that is not there
   */
  Settings resolved(String workspace, ProviderSpec spec, Settings settings) {
    Settings result = settings;
    for (String field : settings.names()) {
      if (spec.secretNames().contains(field) && settings.isText(field)) {
        Optional<String> name = settings.text(field).flatMap(ChannelVault::named);
        if (name.isPresent()) {
          Optional<String> value = secrets.lookup(workspace).find(name.get());
          Problems.require(
              value.isPresent(),
              Settings.field(field),
              "the name of a stored secret",
              KeptSecret.Named.SCHEME + name.get() + ", which there is not");
          result = result.with(field, value.orElseThrow());
        }
      }
    }
    return result;
  }

  /** The names of the workspace's secrets that a channel needs. */
  static Set<String> names(ChannelDocument document) {
    Set<String> names = new TreeSet<>();
    for (KeptSecret secret : document.secrets().values()) {
      if (secret instanceof KeptSecret.Named named) {
        names.add(named.name());
      }
    }
    return names;
  }

  private static Optional<String> named(String value) {
    return Optional.of(value)
        .filter(text -> text.startsWith(KeptSecret.Named.SCHEME))
        .map(text -> text.substring(KeptSecret.Named.SCHEME.length()))
        .filter(name -> NAME.matcher(name).matches());
  }

  static SecretContext context(String workspace, UUID channelId, String field) {
    return new SecretContext(workspace, channelId + "/" + field, ChannelDefinition.KIND);
  }
}
