package io.trigrun.contract.feature;

import io.trigrun.spi.JobStore;
import org.junit.jupiter.api.Nested;

/**
 * Every feature row through the public API, on the store of a subclass: one method binds them all.
 */
public abstract class FeatureContract {

  protected FeatureContract() {}

  /** An empty store of the kind under test. Closed after the test. */
  protected abstract JobStore openStore();

  @Nested
  class RowBadInput extends BadInput {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS01CronJobs extends S01CronJobs {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS02IntervalJobs extends S02IntervalJobs {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS03OnceAndNow extends S03OnceAndNow {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS04JobStates extends S04JobStates {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS05ToS10HttpJobs extends S05ToS10HttpJobs {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS11Secrets extends S11Secrets {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS12Monitors extends S12Monitors {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS11Secrecy extends S11Secrecy {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS12MonitorRaces extends S12MonitorRaces {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS13ReplayAndList extends S13ReplayAndList {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS17CommandJobs extends S17CommandJobs {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS14Callbacks extends S14Callbacks {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS19CrontabImport extends S19CrontabImport {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS18ScheduleFile extends S18ScheduleFile {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS16ChainedJobs extends S16ChainedJobs {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS20Handlers extends S20Handlers {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS21Enqueue extends S21Enqueue {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS22MissedRuns extends S22MissedRuns {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS23Cluster extends S23Cluster {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS23Takeover extends S23Takeover {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS24StopAndCancel extends S24StopAndCancel {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS25TestKit extends S25TestKit {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS26Observability extends S26Observability {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS28Workspaces extends S28Workspaces {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS28WorkspaceLimits extends S28WorkspaceLimits {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS29VirtualThreads extends S29VirtualThreads {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS30RateLimits extends S30RateLimits {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowEgressRefusals extends EgressRefusals {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowStoreOutage extends StoreOutage {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowSingleCompletions extends SingleCompletions {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowStepBoundaries extends StepBoundaries {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowStepsUnderFire extends StepsUnderFire {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }

  @Nested
  class RowS27Retention extends S27Retention {
    @Override
    protected JobStore openStore() {
      return FeatureContract.this.openStore();
    }
  }
}
