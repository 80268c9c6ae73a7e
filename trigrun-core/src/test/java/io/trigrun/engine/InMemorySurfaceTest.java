package io.trigrun.engine;

import io.trigrun.contract.feature.SurfaceContract;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.spi.JobStore;

/** The HTTP surface, on the in-memory store. */
class InMemorySurfaceTest extends SurfaceContract {

  @Override
  protected JobStore openStore() {
    return new InMemoryJobStore();
  }
}
