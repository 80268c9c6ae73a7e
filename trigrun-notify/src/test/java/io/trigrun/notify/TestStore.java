package io.trigrun.notify;

import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;

/** The stores a feature has to be shown on before it counts as done. */
enum TestStore {
  MEMORY {
    @Override
    Opened open() {
      return new Opened(new InMemoryJobStore(), () -> {});
    }
  },

  H2 {
    @Override
    Opened open() {
      return on(TestServer.H2);
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
    TestDatabase database = server.migrated();
    return new Opened(JdbcJobStore.open(database.dataSource()), database::close);
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
