package io.trigrun.servers;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;

/**
 * The databases that tests run on. A server is started when the first test of a JVM wants it, is
 * shared by the rest and ends with the JVM. {@code -Dtrigrun.test.NAME.url=jdbc:...}, with the name
 * in lower case, names one that runs already and may be given new databases.
 */
public enum TestServer {
  /** In memory, without a server. */
  H2 {
    @Override
    Server start() {
      return new Server("jdbc:h2:mem:", ";DB_CLOSE_DELAY=-1", Server.H2_SYNTAX, Optional.empty());
    }
  },

  POSTGRESQL {
    @Override
    Server start() throws Exception {
      return EmbeddedPostgresql.start();
    }
  },

  MARIADB {
    @Override
    Server start() throws Exception {
      return EmbeddedMariaDb.start();
    }
  },

  /** There are no binaries to be had that tests could start, so it has to be named. */
  MYSQL {
    @Override
    Server start() {
      throw new TestAbortedException(
          "no MySQL to test on: name one with -D" + property() + "=jdbc:mysql://host:3306/");
    }
  };

  abstract Server start() throws Exception;

  /**
   * A new and empty database.
   *
   * @throws TestAbortedException if there is no such server on this machine: the test is skipped
   */
  public TestDatabase create() {
    return TestDatabase.create(
        StartedServers.of(this),
        "t" + Long.toHexString(UUID.randomUUID().getMostSignificantBits()));
  }

  /** Skips a test on the servers that it says nothing about. */
  public void skip(String reason) {
    Assumptions.abort(this + ": " + reason);
  }

  String property() {
    return "trigrun.test." + name().toLowerCase(Locale.ROOT) + ".url";
  }
}
