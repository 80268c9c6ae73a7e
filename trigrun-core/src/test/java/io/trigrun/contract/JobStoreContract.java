package io.trigrun.contract;

import io.trigrun.spi.JobStore;
import org.junit.jupiter.api.Nested;

/**
 * The whole contract: a store that keeps it is done. Extend this once and say how to open one; or
 * extend the topics one by one.
 */
public abstract class JobStoreContract {

  /** A fresh and empty store; the contract closes it after the test. */
  protected abstract JobStore openStore();

  /** Whether it does more about {@link JobStore#subscribe} than it must, which is nothing. */
  protected boolean tellsListeners() {
    return true;
  }

  @Nested
  class Definitions extends DefinitionContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Counted extends LimitContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Lists extends ListingContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Enqueued extends EnqueueContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Claims extends ClaimContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Leases extends LeaseContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Applies extends ApplyContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Journals extends JournalContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Observations extends ObservationContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Wakes extends WakeContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Limits extends ConcurrencyContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Rates extends RateContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Cancels extends CancelContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Revives extends ReviveContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Purges extends PurgeContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Races extends RacesContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }
  }

  @Nested
  class Hints extends HintContract {
    @Override
    protected JobStore openStore() {
      return JobStoreContract.this.openStore();
    }

    @Override
    protected boolean tellsListeners() {
      return JobStoreContract.this.tellsListeners();
    }
  }
}
