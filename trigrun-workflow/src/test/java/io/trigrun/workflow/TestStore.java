package io.trigrun.workflow;

import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;

/** The stores a feature has to be shown on before it counts as done. */
enum TestStore {
  MEMORY {
    @Override
    Opened open() {
      return new Opened(new InMemoryJobStore(), () -> {});
    }
  },

  H2 {
    /** A database of its own in memory, which is gone with the pool's last connection. */
    @Override
    Opened open() {
      JdbcConnectionPool pool =
          JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
      return new Opened(JdbcJobStore.builder(pool).migrate(true).open(), pool::dispose);
    }
  },

  POSTGRESQL {
    @Override
    Opened open() {
      return on(TestServer.POSTGRESQL);
    }
  },

  MARIADB {
    @Override
    Opened open() {
      return on(TestServer.MARIADB);
    }
  };

  private static Opened on(TestServer server) {
    TestDatabase database = server.create();
    return new Opened(
        JdbcJobStore.builder(database.dataSource()).migrate(true).open(), database::close);
  }

  /** A new and empty store. */
  abstract Opened open();

  /** A store and how to be rid of it and of what it stands on. */
  record Opened(JobStore store, Runnable dispose) implements AutoCloseable {

    @Override
    public void close() {
      store.close();
      dispose.run();
    }
  }
}
