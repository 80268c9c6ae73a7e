package io.trigrun.jdbc;

import io.trigrun.contract.JobStoreContract;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;

@RequiresMySql
class MySqlContractTest extends JobStoreContract {

  @Override
  protected JobStore openStore() {
    return ServerStores.open(TestServer.MYSQL);
  }
}
