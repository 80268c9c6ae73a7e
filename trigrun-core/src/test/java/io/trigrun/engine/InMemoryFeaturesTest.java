package io.trigrun.engine;

import io.trigrun.contract.feature.FeatureContract;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.spi.JobStore;

/** Every feature row, on the in-memory store. */
class InMemoryFeaturesTest extends FeatureContract {

  @Override
  protected JobStore openStore() {
    return new InMemoryJobStore();
  }
}
