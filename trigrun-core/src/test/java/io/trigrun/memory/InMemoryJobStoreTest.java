package io.trigrun.memory;

import io.trigrun.contract.JobStoreContract;
import io.trigrun.spi.JobStore;

class InMemoryJobStoreTest extends JobStoreContract {

  @Override
  protected JobStore openStore() {
    return new InMemoryJobStore();
  }
}
