package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads settings one by one and collects what is wrong with all of them. */
final class SettingsReader {

  private static final URI NOWHERE = URI.create("https://invalid/");

  private final Problems problems = new Problems();

  /** The value; empty if it is wrong. */
  <T> Optional<T> find(Supplier<T> setting) {
    try {
      return Optional.of(setting.get());
    } catch (ValidationException e) {
      problems.addAll(e);
      return Optional.empty();
    }
  }

  /** The value, or this other one if it is wrong. */
  <T> T read(Supplier<T> setting, T otherwise) {
    return find(setting).orElse(otherwise);
  }

  /** A URL that is a credential itself; one that leads nowhere if it is wrong. */
  URI secretUrl(Settings settings, String name) {
    return read(() -> SecretUrl.parse(settings, name), NOWHERE);
  }

  /** Throws if anything was wrong. */
  void finish() {
    problems.throwIfAny();
  }
}
