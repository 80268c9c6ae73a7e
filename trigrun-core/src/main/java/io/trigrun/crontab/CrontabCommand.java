package io.trigrun.crontab;

import io.trigrun.JobAction;
import io.trigrun.JobSpec;
import io.trigrun.RetryPolicy;
import io.trigrun.command.CommandAction;
import io.trigrun.schedule.MissedRunPolicy;
import io.trigrun.schedule.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a line runs.
 *
 * @param action an HTTP call if that says it all, else a command
 */
record CrontabCommand(JobAction action, RetryPolicy retry) {

  private static final String DEFAULT_SHELL = "/bin/sh";

  /** Cron has no limit; this is the longest there is. */
  private static final Duration TIMEOUT = Duration.ofDays(1);

  /**
   * Of what stands after the schedule.
   *
   * @throws io.trigrun.validation.ValidationException if no command job may say it
   */
  static CrontabCommand of(String written, Map<String, String> environment) {
    PercentSigns parts = PercentSigns.read(written);
    Optional<CrontabCommand> call =
        parts.stdin().isPresent()
            ? Optional.empty()
            : CurlLine.read(parts.line(), environment)
                .map(curl -> new CrontabCommand(curl.action(), curl.retry()));
    return call.orElseGet(
        () -> new CrontabCommand(command(parts, environment), RetryPolicy.none()));
  }

  private static CommandAction command(PercentSigns parts, Map<String, String> environment) {
    String shell = environment.getOrDefault("SHELL", DEFAULT_SHELL);
    CommandAction.Builder command =
        shell.equals(DEFAULT_SHELL)
            ? CommandAction.shell(parts.line())
            : CommandAction.of(List.of(shell, "-c", parts.line()));
    command.environment(environment).timeout(TIMEOUT);
    parts.stdin().ifPresent(command::stdin);
    return command.build();
  }

  JobSpec job(String name, Schedule schedule) {
    return JobSpec.named(name)
        .schedule(schedule)
        .missed(MissedRunPolicy.skip())
        .action(action)
        .retry(retry)
        .build();
  }
}
