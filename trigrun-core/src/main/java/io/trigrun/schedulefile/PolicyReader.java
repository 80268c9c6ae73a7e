package io.trigrun.schedulefile;

import io.trigrun.BackoffPolicy;
import io.trigrun.Priority;
import io.trigrun.RateLimit;
import io.trigrun.RetryPolicy;
import io.trigrun.schedule.OverlapPolicy;
import io.trigrun.validation.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** How a job of a file is tried again, ordered and slowed down. */
record PolicyReader(Fields fields, Function<String, Place> places) {

  static final List<String> KEYS =
      List.of(
          "retries",
          "retry_policy",
          "priority",
          "max_concurrent_executions",
          "disable_concurrent_execution",
          "overlap_policy",
          "rate_limit");

  /** As long as cheek waits. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final int MOST_RETRIES = 99;
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(1_000_000_000);

  Optional<RetryPolicy> retry() {
    Optional<FileNode> policy = fields.value("retry_policy");
    Optional<Integer> retries = fields.integer("retries");
    if (policy.isPresent() && fields.has("retries")) {
      add("retries", "either retries or retry_policy", "both");
    }
    if (policy.isPresent()) {
      return policy(Fields.of(fields.field("retry_policy"), policy.get(), fields.problems()));
    }
    if (retries.isPresent() && (retries.get() < 0 || retries.get() > MOST_RETRIES)) {
      add("retries", "0 to " + MOST_RETRIES, String.valueOf(retries.get()));
      return Optional.empty();
    }
    return retries.map(
        count -> RetryPolicy.attempts(count + 1).withBackoff(BackoffPolicy.fixed(PAUSE)));
  }

  private Optional<RetryPolicy> policy(Fields policy) {
    policy.refuseUnknown(List.of("max_attempts", "retry_on_statuses", "backoff"));
    RetryPolicy standard = RetryPolicy.standard();
    int attempts = policy.integer("max_attempts").orElse(standard.maxAttempts());
    Optional<BackoffPolicy> backoff =
        policy
            .value("backoff")
            .flatMap(node -> backoff(Fields.of(policy.field("backoff"), node, fields.problems())));
    return attempt(
        () ->
            new RetryPolicy(
                attempts, statuses(policy, standard), backoff.orElse(standard.backoff())));
  }

  private static Set<Integer> statuses(Fields policy, RetryPolicy standard) {
    Optional<FileNode> list = policy.value("retry_on_statuses");
    if (list.isEmpty()) {
      return standard.retryOnStatuses();
    }
    Set<Integer> statuses = new TreeSet<>();
    for (FileNode item : policy.texts("retry_on_statuses")) {
      if (item.text().matches("\\d{1,9}")) {
        statuses.add(Integer.parseInt(item.text()));
      } else {
        policy.refuse(item, "retry_on_statuses", "statuses from 100 to 599");
      }
    }
    return statuses;
  }

  private Optional<BackoffPolicy> backoff(Fields parts) {
    parts.refuseUnknown(List.of("initial", "multiplier", "max", "jitter"));
    BackoffPolicy standard = BackoffPolicy.standard();
    Duration initial = parts.duration("initial").orElse(standard.initial());
    double multiplier =
        parts.number("multiplier").map(BigDecimal::doubleValue).orElse(standard.multiplier());
    Duration standardMax = initial.compareTo(standard.max()) > 0 ? initial : standard.max();
    Duration max = parts.duration("max").orElse(standardMax);
    double jitter = parts.number("jitter").map(BigDecimal::doubleValue).orElse(standard.jitter());
    return attempt(() -> new BackoffPolicy(initial, multiplier, max, jitter));
  }

  Optional<Priority> priority() {
    return word("priority", Priority.values());
  }

  private <E extends Enum<E>> Optional<E> word(String name, E[] all) {
    Map<String, E> words = new LinkedHashMap<>();
    Arrays.stream(all).forEach(each -> words.put(each.name().toLowerCase(Locale.ROOT), each));
    Optional<String> word = fields.text(name);
    if (word.isPresent() && !words.containsKey(word.get())) {
      add(name, "one of " + words.keySet(), "something else");
    }
    return word.flatMap(found -> Optional.ofNullable(words.get(found)));
  }

  Optional<Integer> concurrency() {
    Optional<Integer> most = fields.integer("max_concurrent_executions");
    Optional<Boolean> alone = fields.flag("disable_concurrent_execution");
    if (most.isPresent() && alone.isPresent()) {
      add("disable_concurrent_execution", "either this or max_concurrent_executions", "both");
    }
    return most.or(() -> alone.filter(on -> on).map(on -> 1));
  }

  /** Who runs one at a time does not run what came due meanwhile, or that would pile up. */
  Optional<OverlapPolicy> overlap() {
    return word("overlap_policy", OverlapPolicy.values())
        .or(
            () ->
                fields
                    .flag("disable_concurrent_execution")
                    .filter(on -> on)
                    .map(on -> OverlapPolicy.SKIP));
  }

  Optional<RateLimit> rateLimit() {
    Optional<FileNode> node = fields.value("rate_limit");
    if (node.isEmpty()) {
      return Optional.empty();
    }
    Fields parts = Fields.of(fields.field("rate_limit"), node.get(), fields.problems());
    parts.refuseUnknown(List.of("limit", "per_seconds"));
    int before = fields.problems().count();
    Optional<Integer> limit = parts.integer("limit");
    Optional<BigDecimal> seconds = parts.number("per_seconds");
    if (fields.problems().count() > before) {
      return Optional.empty();
    }
    Duration per = seconds.map(PolicyReader::duration).orElse(Duration.ZERO);
    return attempt(() -> RateLimit.of(limit.orElse(0), per));
  }

  private static Duration duration(BigDecimal seconds) {
    return seconds.abs().compareTo(MOST_SECONDS) > 0 ? Duration.ZERO : Durations.ofSeconds(seconds);
  }

  private void add(String name, String expected, String got) {
    fields.problems().add(fields.placeOf(name), fields.field(name), expected, got);
  }

  private <T> Optional<T> attempt(Supplier<T> supplier) {
    return fields.problems().attempt(fields.path(), places, supplier);
  }
}
