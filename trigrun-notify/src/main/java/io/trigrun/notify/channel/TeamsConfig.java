package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import java.net.URI;
import java.util.Locale;

/** The settings of a Teams channel, checked. */
record TeamsConfig(URI url, boolean includeOutput) {

  static TeamsConfig of(Settings settings) {
    SettingsReader reader = new SettingsReader();
    URI url = reader.secretUrl(settings, TeamsChannel.WEBHOOK_URL);
    boolean output = reader.read(() -> settings.flag(TeamsChannel.INCLUDE_OUTPUT), false);
    reader.finish();
    return new TeamsConfig(url, output);
  }

  /** Whether this is a connector of the old kind, which tells of errors in the body of a 200. */
  boolean isConnector() {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return TeamsProvider.OLD_HOSTS.stream()
        .anyMatch(old -> host.equals(old) || host.endsWith("." + old));
  }

  /** The rest of the URL is a secret. */
  @Override
  public String toString() {
    return "TeamsConfig[" + url.getHost() + "]";
  }
}
