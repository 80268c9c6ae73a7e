package io.trigrun.examples.server;

import io.trigrun.spi.StoreException;
import java.net.BindException;
import java.nio.file.NoSuchFileException;

/** What went wrong at the start, in a few words. */
final class Troubles {

  private Troubles() {}

  static String words(Throwable e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    if (e instanceof BindException) {
      return "expected a port and an address that are free here (--port, --host): " + message;
    }
    if (e instanceof NoSuchFileException) {
      return "there is no file " + message;
    }
    if (e instanceof StoreException && e.getCause() != null) {
      return message + ": " + e.getCause().getMessage();
    }
    boolean isExplained =
        e instanceof IllegalArgumentException || e instanceof IllegalStateException;
    return isExplained && !message.isEmpty() ? message : e.toString();
  }
}
