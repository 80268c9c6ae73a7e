package io.trigrun.jdbc;

import io.trigrun.contract.feature.FeatureContract;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;

/** Every feature row, on H2. */
class H2FeaturesTest extends FeatureContract {

  @Override
  protected JobStore openStore() {
    return ServerStores.open(TestServer.H2);
  }
}
