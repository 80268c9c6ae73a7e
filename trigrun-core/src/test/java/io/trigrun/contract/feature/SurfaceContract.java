package io.trigrun.contract.feature;

import io.trigrun.spi.JobStore;
import org.junit.jupiter.api.Nested;

/**
 * The rows of the HTTP surface, on a store. It stands on what {@link FeatureContract} shows on
 * every store, so one in memory and one in a database do.
 */
public abstract class SurfaceContract {

  protected SurfaceContract() {}

  /** An empty store of the kind under test. Closed after the test. */
  protected abstract JobStore openStore();

  @Nested
  class RowH01Surface extends H01Surface {
    @Override
    protected JobStore openStore() {
      return SurfaceContract.this.openStore();
    }
  }

  @Nested
  class RowH01SecretsAndMonitors extends H01SecretsAndMonitors {
    @Override
    protected JobStore openStore() {
      return SurfaceContract.this.openStore();
    }
  }

  @Nested
  class RowH01Jobs extends H01Jobs {
    @Override
    protected JobStore openStore() {
      return SurfaceContract.this.openStore();
    }
  }

  @Nested
  class RowH01Executions extends H01Executions {
    @Override
    protected JobStore openStore() {
      return SurfaceContract.this.openStore();
    }
  }
}
