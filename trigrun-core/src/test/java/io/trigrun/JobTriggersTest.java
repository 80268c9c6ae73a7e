package io.trigrun;

import static io.trigrun.TriggerEvent.ON_ERROR;
import static io.trigrun.TriggerEvent.ON_RETRIES_EXHAUSTED;
import static io.trigrun.TriggerEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.JobTriggers.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobTriggersTest {

  private static final JobTriggers OF_JOB =
      JobTriggers.none().on(ON_SUCCESS, "report").on(ON_RETRIES_EXHAUSTED, "cleanup");
  private static final JobTriggers OF_FILE =
      JobTriggers.none().on(ON_SUCCESS, "audit", "report").on(ON_ERROR, "alarm");

  @Test
  void what_holds_for_all_jobs_adds_to_what_a_job_says_and_names_count_once() {
    JobTriggers sum = OF_JOB.plus(OF_FILE);

    assertThat(sum.names(ON_SUCCESS)).containsExactly("report", "audit");
    assertThat(sum.names(ON_ERROR)).containsExactly("alarm");
    assertThat(sum.names(ON_RETRIES_EXHAUSTED)).containsExactly("cleanup");
    assertThat(OF_JOB.plus(JobTriggers.none())).isEqualTo(OF_JOB);
    assertThat(JobTriggers.none().plus(OF_JOB)).isEqualTo(OF_JOB);
    assertThat(sum.plus(OF_FILE)).isEqualTo(sum);
  }

  @Test
  void what_holds_for_all_jobs_does_not_make_a_job_start_itself() {
    JobTriggers ofAlarm = OF_FILE.without("alarm");

    assertThat(ofAlarm.names(ON_ERROR)).isEmpty();
    assertThat(ofAlarm.names(ON_SUCCESS)).containsExactly("audit", "report");
    assertThat(OF_JOB.without("report").without("cleanup")).isEqualTo(JobTriggers.none());
    assertThat(OF_JOB.without("nobody")).isEqualTo(OF_JOB);
  }

  @Test
  void ids_are_those_that_are_known() {
    UUID id = new UUID(1, 2);
    JobTriggers saved =
        new JobTriggers(
            Map.of(
                ON_ERROR,
                List.of(new Target("a", Optional.of(id)), new Target("b", Optional.empty()))));

    assertThat(saved.ids()).containsExactly(id);
    assertThat(saved.isEmpty()).isFalse();
    assertThat(OF_JOB.ids()).isEmpty();
    assertThat(JobTriggers.none().on(ON_ERROR).isEmpty()).isTrue();
  }
}
