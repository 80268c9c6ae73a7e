package io.trigrun.jdbc;

import io.trigrun.contract.feature.SurfaceContract;
import io.trigrun.spi.JobStore;

/** The HTTP surface, on H2. */
class H2SurfaceTest extends SurfaceContract {

  @Override
  protected JobStore openStore() {
    return TestDatabases.store(TestDatabases.inMemory());
  }
}
