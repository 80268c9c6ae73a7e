package io.trigrun.notify.channel;

import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.util.function.Supplier;

/** Reads settings one by one and collects what is wrong with all of them. */
final class SettingsReader {

  private final Problems problems = new Problems();

  /** The value, or this other one if it is wrong. */
  <T> T read(Supplier<T> setting, T otherwise) {
    try {
      return setting.get();
    } catch (ValidationException e) {
      e.problems().forEach(p -> problems.add(p.field(), p.expected(), p.got()));
      return otherwise;
    }
  }

  /** Throws if anything was wrong. */
  void finish() {
    problems.throwIfAny();
  }
}
