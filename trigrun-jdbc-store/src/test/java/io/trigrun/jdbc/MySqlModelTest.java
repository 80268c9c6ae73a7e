package io.trigrun.jdbc;

import io.trigrun.contract.StoreModelContract;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;

/** Memory against MySQL, behind a driver that answers "success, count unknown" to each batch. */
@RequiresMySql
class MySqlModelTest extends StoreModelContract {

  @Override
  protected JobStore subject() {
    return ServerStores.openTaciturn(TestServer.MYSQL);
  }
}
