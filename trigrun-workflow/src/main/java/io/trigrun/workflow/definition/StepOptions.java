package io.trigrun.workflow.definition;

import io.trigrun.validation.Problems;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What steps of all types have. Immutable.
 *
 * @param when runs only if this holds; else it is skipped, and its output is {@code null}
 * @param timeout how long one attempt may take, or a wait: 1 s to 366 days; empty for the rest of
 *     the run's time (HTTP calls: 30 s)
 * @param retry how often it is tried again
 * @param onError what a failure that is not tried again does to the run
 * @param onCrash what to do if a node died while it ran
 * @param extract what of its output goes into the context, by name
 * @param extractToContext what of its output goes into the job's persistent context, by name:
 *     strings as they are, {@code null} deletes, everything else as JSON text
 */
public record StepOptions(
    Optional<Condition> when,
    Optional<Duration> timeout,
    StepRetry retry,
    OnError onError,
    OnCrash onCrash,
    Map<String, Extract> extract,
    Map<String, Extract> extractToContext) {

  /** What a failure does to the run. */
  public enum OnError {
    /** Fails it, or the branch that the step is in. */
    FAIL,
    /** Nothing: it goes on, {@code {{steps.<id>.status}}} is {@code failed}. */
    CONTINUE
  }

  /** What to do with a step that ran when its node died: nobody knows how far it came. */
  public enum OnCrash {
    /** Run it again, with the same idempotency key. */
    RETRY,
    /** Let it fail with {@code NODE_LOST}. */
    FAIL
  }

  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");
  private static final int MOST_EXTRACTS = 100;

  private static final StepOptions NONE =
      new StepOptions(
          Optional.empty(),
          Optional.empty(),
          StepRetry.none(),
          OnError.FAIL,
          OnCrash.RETRY,
          Map.of(),
          Map.of());

  public StepOptions {
    extract = ordered("extract", extract);
    extractToContext = ordered("extract_to_context", extractToContext);
    timeout.ifPresent(
        time ->
            Problems.require(
                time.toSeconds() >= 1 && time.compareTo(Duration.ofDays(366)) <= 0,
                "timeout_seconds",
                "1 s to 366 days",
                time));
  }

  private static Map<String, Extract> ordered(String field, Map<String, Extract> parts) {
    Problems.require(
        parts.size() <= MOST_EXTRACTS,
        field,
        "at most " + MOST_EXTRACTS + " names",
        parts.size() + " names");
    parts
        .keySet()
        .forEach(
            name ->
                Problems.require(
                    KEY.matcher(name).matches(),
                    field,
                    "names of 1 to 100 letters, digits, dots, dashes and underscores,"
                        + " the first a letter or underscore",
                    name));
    return Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** Nothing out of the ordinary. */
  public static StepOptions none() {
    return NONE;
  }

  /** Runs only if this holds. */
  public StepOptions when(Condition value) {
    return new StepOptions(
        Optional.of(value), timeout, retry, onError, onCrash, extract, extractToContext);
  }

  public StepOptions timeout(Duration value) {
    return new StepOptions(
        when, Optional.of(value), retry, onError, onCrash, extract, extractToContext);
  }

  public StepOptions retry(StepRetry value) {
    return new StepOptions(when, timeout, value, onError, onCrash, extract, extractToContext);
  }

  public StepOptions onError(OnError value) {
    return new StepOptions(when, timeout, retry, value, onCrash, extract, extractToContext);
  }

  public StepOptions onCrash(OnCrash value) {
    return new StepOptions(when, timeout, retry, onError, value, extract, extractToContext);
  }

  /** Puts one more part of the output into the context. */
  public StepOptions extract(String name, Extract part) {
    return new StepOptions(
        when, timeout, retry, onError, onCrash, plus(extract, name, part), extractToContext);
  }

  /** Puts one more part of the output into the job's persistent context. */
  public StepOptions extractToContext(String name, Extract part) {
    return new StepOptions(
        when, timeout, retry, onError, onCrash, extract, plus(extractToContext, name, part));
  }

  private static Map<String, Extract> plus(Map<String, Extract> parts, String name, Extract part) {
    Map<String, Extract> more = new LinkedHashMap<>(parts);
    more.put(name, part);
    return more;
  }
}
