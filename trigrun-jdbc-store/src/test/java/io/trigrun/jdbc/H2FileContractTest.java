package io.trigrun.jdbc;

import io.trigrun.contract.JobStoreContract;
import io.trigrun.spi.JobStore;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

class H2FileContractTest extends JobStoreContract {

  @TempDir private static Path folder;

  @Override
  protected JobStore openStore() {
    return JdbcJobStore.embedded(folder.resolve(UUID.randomUUID().toString()));
  }
}
