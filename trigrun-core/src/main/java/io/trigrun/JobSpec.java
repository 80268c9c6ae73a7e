package io.trigrun;

import io.trigrun.schedule.MissedRunPolicy;
import io.trigrun.schedule.OverlapPolicy;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a host says about a job. Made with {@link #named}; immutable.
 *
 * <pre>{@code
 * JobSpec.named("nightly-sync")
 *     .schedule(Schedule.cron("0 3 * * *", "Europe/Zurich"))
 *     .action(HttpAction.post("https://api.example.com/sync").build())
 *     .retry(RetryPolicy.attempts(5))
 *     .build();
 * }</pre>
 *
 * @param name unique within the workspace, 1 to 200 characters
 * @param schedule when it runs
 * @param missed what happens to firings that nobody was there for
 * @param overlap what happens to firings while the run of an earlier one is not over
 * @param action what it does
 * @param retry when a failed attempt is followed by another; empty for the handler's own default
 * @param priority which goes first of those that are due
 * @param queue what it shares permits with; empty for the handler's own default
 * @param maxConcurrentExecutions how many of its runs may be under way at once, in the whole
 *     cluster; 0 for any number
 * @param rateLimit how often its attempts may start, in the whole cluster
 * @param triggers which jobs its runs start
 * @param callbacks where the results of its runs are posted to
 * @param labels what it belongs to, for rules about many jobs
 */
public record JobSpec(
    String name,
    Schedule schedule,
    MissedRunPolicy missed,
    OverlapPolicy overlap,
    JobAction action,
    Optional<RetryPolicy> retry,
    Priority priority,
    Optional<String> queue,
    int maxConcurrentExecutions,
    Optional<RateLimit> rateLimit,
    JobTriggers triggers,
    Callbacks callbacks,
    Labels labels) {

  private static final int LONGEST_NAME = 200;

  public JobSpec {
    Problems.require(
        !name.isBlank()
            && name.length() <= LONGEST_NAME
            && name.chars().noneMatch(Character::isISOControl),
        "name",
        "1 to 200 characters without control characters",
        name);
    StorableText.require(name, "name");
    Problems.require(
        maxConcurrentExecutions >= 0 && maxConcurrentExecutions <= 1_000_000,
        "max_concurrent_executions",
        "0 (unlimited) to 1,000,000",
        maxConcurrentExecutions);
    Problems.require(
        callbacks.secret().isEmpty() || !callbacks.isEmpty(),
        "callback_secret",
        "a secret only with on_success_url or on_failure_url",
        "a secret and no URL");
  }

  /** Starts a specification. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Starts a specification from this one. */
  public Builder toBuilder() {
    Builder builder =
        new Builder(name)
            .schedule(schedule)
            .missed(missed)
            .overlap(overlap)
            .action(action)
            .priority(priority)
            .triggers(triggers)
            .callbacks(callbacks)
            .labels(labels);
    retry.ifPresent(builder::retry);
    queue.ifPresent(builder::queue);
    rateLimit.ifPresent(builder::rateLimit);
    return builder.maxConcurrentExecutions(maxConcurrentExecutions);
  }

  /** Builds a {@link JobSpec}. Every setter refuses nonsense at once. */
  public static final class Builder {

    private String name;
    private Schedule schedule = Schedule.manual();
    private MissedRunPolicy missed = MissedRunPolicy.runOnce();
    private OverlapPolicy overlap = OverlapPolicy.QUEUE;
    private Optional<JobAction> action = Optional.empty();
    private Optional<RetryPolicy> retry = Optional.empty();
    private Priority priority = Priority.NORMAL;
    private Optional<String> queue = Optional.empty();
    private OptionalInt maxConcurrentExecutions = OptionalInt.empty();
    private Optional<RateLimit> rateLimit = Optional.empty();
    private JobTriggers triggers = JobTriggers.none();
    private Callbacks callbacks = Callbacks.none();
    private Labels labels = Labels.none();

    private Builder(String name) {
      this.name = name;
    }

    /** Another name. */
    public Builder name(String value) {
      name = value;
      return this;
    }

    /** When it runs. Default: only when asked to ({@link Schedule#manual()}). */
    public Builder schedule(Schedule value) {
      schedule = value;
      return this;
    }

    /**
     * What happens to firings that nobody was there for. Default: one run makes up for all of them.
     */
    public Builder missed(MissedRunPolicy value) {
      missed = value;
      return this;
    }

    /**
     * What happens to firings while the run of an earlier one is not over. Default: each has its
     * run.
     */
    public Builder overlap(OverlapPolicy value) {
      overlap = value;
      return this;
    }

    /** What it does. Required. */
    public Builder action(JobAction value) {
      action = Optional.of(value);
      return this;
    }

    /**
     * Runs a Java handler with a payload, which the TrigRun's codec writes as JSON when the job is
     * saved.
     */
    public Builder handler(String handler, Object payload) {
      return action(new HandlerCall(handler, payload));
    }

    /** Runs a Java handler without a payload. */
    public Builder handler(String handler) {
      return action(HandlerCall.of(handler));
    }

    /**
     * When a failed attempt is followed by another. Default: the handler's own, for HTTP {@link
     * RetryPolicy#standard()}, for commands {@link RetryPolicy#none()}.
     */
    public Builder retry(RetryPolicy value) {
      retry = Optional.of(value);
      return this;
    }

    /** Which goes first of those that are due. Default: NORMAL. */
    public Builder priority(Priority value) {
      priority = value;
      return this;
    }

    /** What it shares permits with. Default: the handler's own queue. */
    public Builder queue(String value) {
      queue = Optional.of(value);
      return this;
    }

    /**
     * How many of its runs may be under way at once, in the whole cluster; 0 for any number.
     * Default: any number, of workflows 1.
     */
    public Builder maxConcurrentExecutions(int value) {
      Problems.require(
          value >= 0, "max_concurrent_executions", "0 (unlimited) to 1,000,000", value);
      maxConcurrentExecutions = OptionalInt.of(value);
      return this;
    }

    /**
     * How often its attempts may start, in the whole cluster. What is over the limit waits for its
     * turn, without a permit and without taking an attempt. Default: as often as they come.
     */
    public Builder rateLimit(RateLimit value) {
      rateLimit = Optional.of(value);
      return this;
    }

    /** Which jobs its runs start. Default: none. They must exist when it is saved. */
    public Builder triggers(JobTriggers value) {
      triggers = value;
      return this;
    }

    /** Where the results of its runs are posted to. Default: nowhere. */
    public Builder callbacks(Callbacks value) {
      callbacks = value;
      return this;
    }

    /** What it belongs to. Default: no label. */
    public Builder labels(Labels value) {
      labels = value;
      return this;
    }

    /** What it belongs to; see {@link Labels} for what a label may look like. */
    public Builder labels(String... names) {
      return labels(Labels.of(names));
    }

    /**
     * The specification.
     *
     * @throws io.trigrun.validation.ValidationException if it says not what to do
     */
    public JobSpec build() {
      Problems.require(
          action.isPresent(),
          "action",
          "an HTTP action, a handler, a command or a workflow",
          "none");
      return new JobSpec(
          name,
          schedule,
          missed,
          overlap,
          action.orElseThrow(),
          retry,
          priority,
          queue,
          maxConcurrentExecutions.orElseGet(this::concurrencyByDefault),
          rateLimit,
          triggers,
          callbacks,
          labels);
    }

    private int concurrencyByDefault() {
      return action.orElseThrow() instanceof ExtensionAction extension
          ? extension.maxConcurrentExecutions()
          : 0;
    }
  }
}
