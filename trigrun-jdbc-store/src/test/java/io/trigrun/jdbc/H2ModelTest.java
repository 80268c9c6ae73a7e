package io.trigrun.jdbc;

import io.trigrun.contract.StoreModelContract;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;

/** Memory against H2, behind a driver that answers "success, count unknown" to each batch. */
class H2ModelTest extends StoreModelContract {

  @Override
  protected JobStore subject() {
    return ServerStores.openTaciturn(TestServer.H2);
  }
}
