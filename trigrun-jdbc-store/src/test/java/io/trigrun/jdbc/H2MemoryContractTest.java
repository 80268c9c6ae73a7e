package io.trigrun.jdbc;

import io.trigrun.contract.JobStoreContract;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;

class H2MemoryContractTest extends JobStoreContract {

  @Override
  protected JobStore openStore() {
    return ServerStores.open(TestServer.H2);
  }
}
