package io.trigrun.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ConflictException;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobTriggers;
import io.trigrun.JobTriggers.Target;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.TriggerEvent;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.schedulefile.ScheduleFile;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileChainTest {

  private final InMemoryJobStore store = new InMemoryJobStore();

  private static JobSpec spec(String name, JobTriggers triggers) {
    return JobSpec.named(name).handler("work").triggers(triggers).build();
  }

  @Test
  void links_of_others_that_were_changed_between_two_looks_are_no_fault_of_the_file() {
    try (TrigRun trigrun =
        TrigRun.builder().store(store).handler("work", Json.class, (payload, job) -> {}).build()) {
      Job first = trigrun.jobs().create(spec("first", JobTriggers.none()));
      Job second =
          trigrun
              .jobs()
              .create(spec("second", JobTriggers.none().on(TriggerEvent.ON_SUCCESS, "first")));
      Target back = new Target("second", Optional.of(second.id()));
      JobTriggers ring = new JobTriggers(Map.of(TriggerEvent.ON_ERROR, List.of(back)));
      Job torn =
          new Job(
              first.id(),
              first.workspace(),
              first.spec().toBuilder().triggers(ring).build(),
              first.state(),
              first.version() + 1,
              first.createdAt(),
              first.updatedAt(),
              first.cursor());
      assertThat(store.write(WriteSet.save(JobDocument.write(torn))))
          .as("as a reader may see it, and nobody can save it")
          .isNotInstanceOf(WriteResult.Refused.class);

      ScheduleFile file =
          ScheduleFile.parse("jobs: {a: {handler: work, on_success: {trigger_job: first}}}");

      assertThatThrownBy(() -> trigrun.scheduleFiles().plan(file))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("apply it again");
    }
  }
}
