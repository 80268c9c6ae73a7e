package io.trigrun.notify.channel;

import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.util.List;

/** What a provider finds wrong with settings. */
final class Mistakes {

  private Mistakes() {}

  static List<Problem> of(ChannelProvider<?> provider, Settings settings) {
    try {
      var unused = provider.config(settings);
      return List.of();
    } catch (ValidationException e) {
      return e.problems();
    }
  }
}
