package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.FAILED;
import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.AttemptStatus;
import io.trigrun.BackoffPolicy;
import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.egress.EgressRefusedException;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpTransport;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs call what the host's egress policy lets out, and nothing else. */
@Timeout(60)
public abstract class EgressRefusals extends FeatureTest {

  private Target target;

  @BeforeEach
  void openTarget() {
    target = closing(new Target());
  }

  private static JobSpec job(String url) {
    return job(HttpAction.get(url));
  }

  private static JobSpec job(HttpAction.Builder action) {
    return JobSpec.named("call")
        .action(action.build())
        .retry(RetryPolicy.attempts(3).withBackoff(BackoffPolicy.fixed(Duration.ofSeconds(1))))
        .build();
  }

  private Execution run(TrigRun trigrun, Job job) {
    Execution run = trigrun.jobs().runNow(job.id());
    trigrun.runDue();
    return get(trigrun, run.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "http://localhost:8080/{{execution_id}}",
        "http://169.254.169.254/latest/meta-data/?token=s3cret",
        "https://[fd00::1]/",
        "https://db.internal:5432/",
        "http://example.com/",
        "https://example.com:22/"
      })
  void a_job_that_must_not_be_called_is_refused_when_it_is_saved(String url) {
    TrigRun trigrun = open(manual().egress(EgressPolicy.standard()));
    Job fine = trigrun.jobs().create(job("https://example.com/"));
    JobSpec bad = JobSpec.named("bad").action(HttpAction.get(url).build()).build();

    assertThatThrownBy(() -> trigrun.jobs().create(bad))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("request.url: expected ")
        .hasMessageContaining("EgressPolicy.builder().allow")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> trigrun.jobs().update(fine.id(), bad))
        .isInstanceOf(ValidationException.class);
    assertThat(trigrun.jobs().list(10).items()).containsExactly(fine);
  }

  @Test
  void what_the_host_allows_is_saved_and_called() {
    TrigRun trigrun = open(manual().egress(EgressPolicy.builder().allowHost("127.0.0.1").build()));

    assertThat(run(trigrun, trigrun.jobs().create(job(target.url("/")))).state())
        .isEqualTo(SUCCEEDED);
    assertThat(target.requests()).hasSize(1);
  }

  @Test
  void a_job_that_was_saved_elsewhere_is_refused_at_once_and_not_retried() {
    Job job = open(manual()).jobs().create(job(target.url("/")));
    TrigRun strict = open(manual().node("strict").egress(EgressPolicy.standard()));

    Execution run = run(strict, job);

    assertThat(run.state()).isEqualTo(FAILED);
    assertThat(run.failure().orElseThrow().errorClass()).isEqualTo("EGRESS_REFUSED");
    assertThat(run.failure().orElseThrow().message())
        .contains("got 127.0.0.1: loopback (127.0.0.0/8)")
        .contains("allowNetwork(\"127.0.0.1\")");
    assertThat(strict.executions().attempts(run.id()))
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(AttemptStatus.ERROR));
    assertThat(target.requests()).isEmpty();
  }

  @Test
  void a_redirect_that_leads_inside_is_not_followed() {
    TrigRun trigrun = open(manual().egress(EgressPolicy.builder().allowHost("127.0.0.1").build()));
    String inside = target.url("/inside").replace("127.0.0.1", "127.0.0.2");
    target.answers(302, "", "Location", inside);

    Execution run =
        run(
            trigrun,
            trigrun.jobs().create(job(HttpAction.get(target.url("/")).followRedirects(true))));

    assertThat(run.failure().orElseThrow().errorClass()).isEqualTo("EGRESS_REFUSED");
    assertThat(run.state()).isEqualTo(FAILED);
    assertThat(target.requests()).hasSize(1);
  }

  @Test
  void a_name_that_led_inside_may_lead_outside_at_the_next_attempt() {
    EgressRefusedException refusal =
        new EgressRefusedException(new Problem("request.url", "a public host", "another"), true);
    HttpTransport rebinding = call -> CompletableFuture.failedFuture(refusal);
    TrigRun trigrun = open(TrigRun.builder().store(store()).clock(clock).httpTransport(rebinding));

    Execution run = run(trigrun, trigrun.jobs().create(job("https://example.com/")));

    assertThat(run.failure().orElseThrow().errorClass()).isEqualTo("EGRESS_REFUSED");
    assertThat(run.state()).isEqualTo(PENDING);
  }

  @Test
  void a_transport_of_the_hosts_own_says_itself_what_it_lets_out() {
    HttpTransport own = closing(HttpTransport.jdk());
    TrigRun trigrun = open(TrigRun.builder().store(store()).clock(clock).httpTransport(own));

    assertThatThrownBy(() -> trigrun.jobs().create(job(target.url("/"))))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> manual().httpTransport(own).build())
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("HttpTransport.jdkBuilder().egress(policy)");
  }
}
