package io.trigrun.jdbc;

import io.trigrun.contract.JobStoreContract;
import io.trigrun.spi.JobStore;

class H2MemoryContractTest extends JobStoreContract {

  @Override
  protected JobStore openStore() {
    return TestDatabases.store(TestDatabases.inMemory());
  }
}
