package io.trigrun.contract.feature;

import static io.trigrun.crontab.CrontabImport.Change.CHANGED;
import static io.trigrun.crontab.CrontabImport.Change.CREATED;
import static io.trigrun.crontab.CrontabImport.Change.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.JobState;
import io.trigrun.TrigRun;
import io.trigrun.crontab.Crontab;
import io.trigrun.crontab.CrontabImport;
import io.trigrun.validation.ValidationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** S19: a crontab becomes jobs that do what cron did. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
public abstract class S19CrontabImport extends FeatureTest {

  @TempDir Path directory;

  private static List<CrontabImport.Change> changes(CrontabImport result) {
    return result.jobs().stream().map(CrontabImport.Imported::change).toList();
  }

  private static Job job(TrigRun trigrun, CrontabImport result, int index) {
    return trigrun.jobs().findByName(result.jobs().get(index).job()).orElseThrow();
  }

  @Test
  void its_lines_run_as_jobs() throws IOException {
    Target target = closing(new Target());
    TrigRun trigrun = open(manual().allowCommands());
    Path log = directory.resolve("log");
    String text =
        """
        # what this machine does
        WHO = "the crontab"
        CRON_TZ=Europe/Berlin
        30 11 * * mon-fri  echo "$WHO at $TRIGRUN_SCHEDULED_FOR" >> %s; cat >> %s%%more%%lines
        @hourly curl -fsS -X POST -H 'X-Key: abc' -d 'a=1' %s > /dev/null 2>&1
        """
            .formatted(log, log, target.url("/ping"));

    CrontabImport result = Crontab.parse(text).importInto(trigrun.jobs());

    assertThat(changes(result)).containsExactly(CREATED, CREATED);
    assertThat(trigrun.jobs().nextRun(job(trigrun, result, 0)))
        .as("11:30 in Berlin")
        .contains(Instant.parse("2026-03-16T10:30:00Z"));
    driver(trigrun).advance(Duration.ofHours(1));
    assertThat(Files.readString(log))
        .isEqualTo("the crontab at 2026-03-16T10:30:00Z\nmore\nlines\n");
    assertThat(target.requests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.method()).isEqualTo("POST");
              assertThat(request.header("X-Key")).isEqualTo("abc");
              assertThat(request.header("Content-Type"))
                  .isEqualTo("application/x-www-form-urlencoded");
              assertThat(request.body()).isEqualTo("a=1");
            });
    for (int i = 0; i < 2; i++) {
      assertThat(runs(trigrun, job(trigrun, result, i).id()))
          .singleElement()
          .satisfies(run -> assertThat(run.state()).isEqualTo(ExecutionState.SUCCEEDED));
    }
  }

  @Test
  void importing_again_changes_what_has_changed_and_nothing_else() {
    TrigRun trigrun = open(manual().allowCommands());
    String text = "0 3 * * * backup --full\n0 4 * * * cleanup\n";
    CrontabImport first = Crontab.parse(text).importInto(trigrun.jobs());
    assertThat(changes(first)).containsExactly(CREATED, CREATED);
    Job backup = job(trigrun, first, 0);
    Job paused = trigrun.jobs().pause(job(trigrun, first, 1).id());

    CrontabImport again = Crontab.parse("\n# moved\n" + text).importInto(trigrun.jobs());
    assertThat(changes(again)).containsExactly(UNCHANGED, UNCHANGED);
    assertThat(trigrun.jobs().find(backup.id())).contains(backup);

    CrontabImport later =
        Crontab.parse("0 4 * * * cleanup\n0 5 * * * backup --full\n").importInto(trigrun.jobs());
    assertThat(changes(later)).containsExactly(UNCHANGED, CHANGED);
    assertThat(trigrun.jobs().list(10).items()).hasSize(2);
    assertThat(trigrun.jobs().nextRun(job(trigrun, later, 1)))
        .contains(Instant.parse("2026-03-17T05:00:00Z"));
    assertThat(trigrun.jobs().find(paused.id()).orElseThrow().state()).isEqualTo(JobState.PAUSED);
  }

  @Test
  void one_wrong_line_and_nothing_is_stored_and_all_wrong_lines_are_named() {
    TrigRun trigrun = open(manual().allowCommands());
    Crontab crontab =
        Crontab.parse("0 3 * * * fine\n61 * * * * late\nCRON_TZ=Mars/Base\n@reboot start\n1 2 3\n");

    assertThatThrownBy(() -> crontab.importInto(trigrun.jobs()))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.field())
                    .containsExactly(
                        "line 2, schedule.cron",
                        "line 3, CRON_TZ",
                        "line 4, schedule.cron",
                        "line 5, line"));
    assertThat(trigrun.jobs().list(10).items()).isEmpty();
  }

  @Test
  void where_commands_are_not_allowed_nothing_is_stored_and_each_line_is_named() {
    TrigRun trigrun = open(manual());
    Crontab crontab =
        Crontab.parse("@daily curl https://example.com/\n@daily backup\n@daily cleanup\n");

    assertThatThrownBy(() -> crontab.importInto(trigrun.jobs()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("line 2, command: expected no command")
        .hasMessageContaining("line 3, command: expected no command")
        .hasMessageContaining("allowCommands()")
        .hasMessageNotContaining("line 1");
    assertThat(trigrun.jobs().list(10).items()).isEmpty();
  }
}
