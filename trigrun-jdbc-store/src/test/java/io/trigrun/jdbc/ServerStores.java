package io.trigrun.jdbc;

import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;

/** Stores on servers, each in a database of its own that goes when the store is closed. */
final class ServerStores {

  private ServerStores() {}

  static JdbcJobStore open(TestServer server) {
    TestDatabase database = server.migrated();
    return JdbcJobStore.builder(database.dataSource()).open(database::close);
  }

  /** Behind a driver that says nothing of how many rows a batch changed. */
  static JdbcJobStore openTaciturn(TestServer server) {
    TestDatabase database = server.migrated();
    return JdbcJobStore.builder(new Driver(database.dataSource()).dataSource())
        .open(database::close);
  }
}
