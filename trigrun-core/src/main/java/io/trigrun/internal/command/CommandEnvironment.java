package io.trigrun.internal.command;

import io.trigrun.command.CommandAction;
import io.trigrun.http.SecretLookup;
import io.trigrun.spi.RunContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The variables of one run: those of the job, secrets resolved, and those that say which run it is.
 *
 * @param variables all that are set beyond what comes from the host's process
 * @param secrets the values of secrets among them
 * @param missingSecret the variable whose secret does not exist
 */
record CommandEnvironment(
    Map<String, String> variables, List<String> secrets, Optional<String> missingSecret) {

  static final String EXECUTION = "TRIGRUN_EXECUTION_ID";
  static final String ATTEMPT = "TRIGRUN_ATTEMPT";

  private static final String REFERENCE = "secret://";

  /**
   * What every process needs, on Windows too. All else of the host's process stays there: passwords
   * are among it as a rule.
   */
  private static final Set<String> KEPT =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "LANG",
          "LC_ALL",
          "LC_CTYPE",
          "TZ",
          "TMPDIR",
          "Path",
          "PATHEXT",
          "SystemRoot",
          "SystemDrive",
          "ComSpec",
          "USERPROFILE",
          "TEMP",
          "TMP");

  static CommandEnvironment of(CommandAction action, RunContext run, SecretLookup lookup) {
    Map<String, String> variables = new LinkedHashMap<>();
    List<String> secrets = new ArrayList<>();
    Optional<String> missing = Optional.empty();
    for (Map.Entry<String, String> variable : action.environment().entrySet()) {
      String value = variable.getValue();
      if (value.startsWith(REFERENCE)) {
        Optional<String> secret = lookup.find(value.substring(REFERENCE.length()));
        secret.ifPresent(secrets::add);
        missing =
            missing.isPresent() || secret.isPresent() ? missing : Optional.of(variable.getKey());
        value = secret.orElse("");
      }
      variables.put(variable.getKey(), value);
    }
    // As headers of a trace are called where there are none.
    run.trace()
        .filter(trace -> !variables.containsKey("TRACEPARENT"))
        .ifPresent(
            trace ->
                trace
                    .headers()
                    .forEach((name, value) -> variables.put(name.toUpperCase(Locale.ROOT), value)));
    run.jobId().ifPresent(id -> variables.put("TRIGRUN_JOB_ID", id.toString()));
    variables.put("TRIGRUN_WORKSPACE", run.workspace());
    variables.put(EXECUTION, run.executionId().toString());
    variables.put(ATTEMPT, Integer.toString(run.attempt()));
    variables.put("TRIGRUN_SCHEDULED_FOR", run.scheduledFor().toString());
    return new CommandEnvironment(variables, secrets, missing);
  }

  /** Turns what a process would inherit into what this one gets. */
  void applyTo(Map<String, String> inherited, boolean keepAll) {
    if (!keepAll) {
      inherited.keySet().retainAll(KEPT);
    }
    // Those of another command that this JVM may be part of.
    inherited.keySet().removeIf(name -> name.startsWith("TRIGRUN_"));
    inherited.putIfAbsent("HOME", System.getProperty("user.home", "/"));
    inherited.putAll(variables);
  }

  /** The values of secrets must not be part of it: there are records of those. */
  @Override
  public String toString() {
    return "CommandEnvironment" + variables.keySet();
  }
}
