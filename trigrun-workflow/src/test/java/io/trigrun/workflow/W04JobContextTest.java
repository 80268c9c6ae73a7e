package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Job;
import io.trigrun.NotFoundException;
import io.trigrun.workflow.definition.Extract;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** That no key is lost when many write at once: {@link RacesTest}. */
@OnEveryStore
@DisplayName("W4: GET and PATCH of the job's context")
class W04JobContextTest extends Row {

  W04JobContextTest(TestStore kind) {
    super(kind);
  }

  private static Map<String, Optional<String>> set(String key, String value) {
    return Map.of(key, Optional.of(value));
  }

  @Test
  void a_patch_changes_what_it_names_null_deletes_and_all_else_stays() {
    UUID job = stage.job("job", Workflow.of(note("n", "1"))).id();
    JobContextValues contexts = stage.workflows.contexts();
    assertThat(contexts.get(job)).isEmpty();

    contexts.patch(job, Map.of("a", Optional.of("1"), "b", Optional.of("Ä \"2\"\n")));
    Map<String, String> after =
        contexts.patch(
            job, Map.of("a", Optional.empty(), "c", Optional.of(""), "x", Optional.empty()));

    assertThat(after).containsOnly(Map.entry("b", "Ä \"2\"\n"), Map.entry("c", ""));
    assertThat(contexts.get(job)).isEqualTo(after);
  }

  @Test
  void runs_and_callers_write_the_same_context_and_who_was_last_counts() {
    Workflow workflow =
        Workflow.of(
            Step.waitForWebhook("w"),
            note("seen", "\"{{job.context.cursor}}\""),
            note("n", "\"run\"").with(PLAIN.extractToContext("cursor", Extract.of("$"))));
    UUID run = stage.run(workflow, "{}");
    UUID job = stage.execution(run).jobId().orElseThrow();

    stage.workflows.contexts().patch(job, set("cursor", "caller"));
    stage.post(resumeUrl(run, "w"), "{}");

    assertThat(stage.notes).contains("seen[]:\"caller\"");
    assertThat(stage.workflows.contexts().get(job)).containsEntry("cursor", "run");
  }

  @Test
  void it_belongs_to_the_job_and_goes_with_it() {
    Job job = stage.job("one", Workflow.of(note("n", "1")));
    Job other = stage.job("other", Workflow.of(note("n", "1")));
    JobContextValues contexts = stage.workflows.contexts();
    contexts.patch(job.id(), set("a", "1"));
    stage.job("one", Workflow.of(note("n", "2")));
    assertThat(contexts.get(job.id())).as("saved anew").containsEntry("a", "1");
    assertThat(contexts.get(other.id())).isEmpty();

    stage.trigrun.jobs().delete(job.id());
    UUID again = stage.job("one", Workflow.of(note("n", "1"))).id();

    assertThat(contexts.get(again)).isEmpty();
    assertThatThrownBy(() -> contexts.get(job.id())).isInstanceOf(NotFoundException.class);
  }

  @Test
  void a_job_of_another_workspace_is_as_unknown_as_one_that_nobody_has() {
    UUID job = stage.job("job", Workflow.of(note("n", "1"))).id();
    JobContextValues foreign = stage.workflows.contexts("acme");
    UUID nobodys = UUID.randomUUID();

    assertThatThrownBy(() -> foreign.get(job)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> foreign.patch(job, set("a", "1")))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> foreign.get(nobodys)).isInstanceOf(NotFoundException.class);
    assertThat(stage.workflows.contexts().get(job)).isEmpty();
  }

  @Test
  void what_can_not_be_kept_is_refused_and_changes_nothing() {
    UUID job = stage.job("job", Workflow.of(note("n", "1"))).id();
    JobContextValues contexts = stage.workflows.contexts();
    contexts.patch(job, set("a", "1"));

    assertThat(problems(() -> contexts.patch(job, set("k".repeat(101), "1"))))
        .singleElement()
        .asString()
        .startsWith("context: expected keys of 1 to 100 characters");
    assertThat(problems(() -> contexts.patch(job, set(" ", "1")))).hasSize(1);
    assertThat(problems(() -> contexts.patch(job, set("b", "nul \0"))))
        .singleElement()
        .asString()
        .startsWith("context.b: ");
    assertThat(problems(() -> contexts.patch(job, set("b", "x".repeat(256 * 1024)))))
        .singleElement()
        .asString()
        .startsWith("context: expected at most 262144 characters of JSON in all");
    assertThat(contexts.get(job)).containsExactly(Map.entry("a", "1"));
  }
}
