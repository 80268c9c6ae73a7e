package io.trigrun.servers;

import java.util.EnumMap;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/** The servers of this JVM. What could not be started once is not tried again. */
final class StartedServers {

  private static final Map<TestServer, Server> STARTED = new EnumMap<>(TestServer.class);
  private static final Map<TestServer, RuntimeException> FAILED = new EnumMap<>(TestServer.class);

  private StartedServers() {}

  static synchronized Server of(TestServer kind) {
    RuntimeException failure = FAILED.get(kind);
    if (failure != null) {
      throw failure;
    }
    try {
      Server server = STARTED.get(kind);
      if (server == null) {
        String url = System.getProperty(kind.property(), "");
        server = url.isEmpty() ? kind.start() : named(url);
        STARTED.put(kind, server);
      }
      return server;
    } catch (TestAbortedException e) {
      FAILED.put(kind, e);
      throw e;
    } catch (Exception | LinkageError e) {
      RuntimeException reason = notStarted(kind, e);
      FAILED.put(kind, reason);
      throw reason;
    }
  }

  private static Server named(String url) {
    Server server = Server.at(url);
    Runtime.getRuntime().addShutdownHook(new Thread(server::dropMigrated));
    return server;
  }

  /**
   * A developer's machine may be unfit for a server; that of CI must not be, or it tests nothing.
   */
  private static RuntimeException notStarted(TestServer kind, Throwable cause) {
    String message =
        kind + " can't be started here, name one with -D" + kind.property() + "=jdbc:...: " + cause;
    return System.getenv("CI") == null
        ? new TestAbortedException(message, cause)
        : new IllegalStateException(message, cause);
  }
}
