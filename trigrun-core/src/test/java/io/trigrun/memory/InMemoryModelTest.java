package io.trigrun.memory;

import io.trigrun.contract.StoreModelContract;
import io.trigrun.spi.JobStore;

/** Memory against memory: shows that the comparison itself holds. */
class InMemoryModelTest extends StoreModelContract {

  @Override
  protected JobStore subject() {
    return new InMemoryJobStore();
  }
}
