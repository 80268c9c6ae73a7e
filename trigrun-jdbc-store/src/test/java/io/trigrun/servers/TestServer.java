package io.trigrun.servers;

import java.sql.SQLException;
import java.util.Locale;
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
      return Server.named("jdbc:h2:mem:", ";DB_CLOSE_DELAY=-1", Server.H2_SYNTAX);
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
    return open(TestDatabase::create);
  }

  /**
   * A database with the library's tables and nothing in them, much faster than a new one: for tests
   * that leave the tables as they are and have no other names for them.
   *
   * @throws TestAbortedException if there is no such server on this machine: the test is skipped
   */
  public TestDatabase migrated() {
    return open(MigratedDatabase::lend);
  }

  private interface Opening {
    TestDatabase on(Server server, String nameIfNew) throws SQLException;
  }

  private TestDatabase open(Opening opening) {
    try {
      return opening.on(
          StartedServers.of(this),
          "t" + Long.toHexString(UUID.randomUUID().getMostSignificantBits()));
    } catch (SQLException e) {
      throw new IllegalStateException("expected to create a database, could not", e);
    }
  }

  /** Skips a test on the servers that it says nothing about. */
  public void skip(String reason) {
    Assumptions.abort(this + ": " + reason);
  }

  String property() {
    return "trigrun.test." + name().toLowerCase(Locale.ROOT) + ".url";
  }
}
