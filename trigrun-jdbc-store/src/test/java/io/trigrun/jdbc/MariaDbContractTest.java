package io.trigrun.jdbc;

import io.trigrun.contract.JobStoreContract;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;

class MariaDbContractTest extends JobStoreContract {

  @Override
  protected JobStore openStore() {
    return ServerStores.open(TestServer.MARIADB);
  }
}
