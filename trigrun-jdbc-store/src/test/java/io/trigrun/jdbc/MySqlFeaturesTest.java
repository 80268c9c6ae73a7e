package io.trigrun.jdbc;

import io.trigrun.contract.feature.FeatureContract;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;

/** Every feature row, on MySQL. */
@RequiresMySql
class MySqlFeaturesTest extends FeatureContract {

  @Override
  protected JobStore openStore() {
    return ServerStores.open(TestServer.MYSQL);
  }
}
