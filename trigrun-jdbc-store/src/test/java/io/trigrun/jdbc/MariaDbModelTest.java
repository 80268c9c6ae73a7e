package io.trigrun.jdbc;

import io.trigrun.contract.StoreModelContract;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;

/** Memory against MariaDB, behind a driver that answers "success, count unknown" to each batch. */
class MariaDbModelTest extends StoreModelContract {

  @Override
  protected JobStore subject() {
    return ServerStores.openTaciturn(TestServer.MARIADB);
  }
}
