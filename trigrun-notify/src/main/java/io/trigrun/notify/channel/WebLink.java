package io.trigrun.notify.channel;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Links that people may be led by. */
final class WebLink {

  private WebLink() {}

  /** Whether it is absolute, http or https. */
  static boolean is(URI link) {
    String scheme = Optional.ofNullable(link.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    return (scheme.equals("https") || scheme.equals("http")) && link.getHost() != null;
  }
}
