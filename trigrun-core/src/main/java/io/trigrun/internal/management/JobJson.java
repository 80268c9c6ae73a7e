package io.trigrun.internal.management;

import io.trigrun.BackoffPolicy;
import io.trigrun.HandlerCall;
import io.trigrun.Job;
import io.trigrun.JobAction;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.RateLimit;
import io.trigrun.RetryPolicy;
import io.trigrun.TriggerEvent;
import io.trigrun.command.CommandAction;
import io.trigrun.command.CommandActionJson;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpActionJson;
import io.trigrun.route.JsonObject;
import io.trigrun.schedule.CronSchedule;
import io.trigrun.schedule.IntervalSchedule;
import io.trigrun.schedule.MissedRunPolicy;
import io.trigrun.schedule.OnceSchedule;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.spi.JobKind;
import io.trigrun.validation.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs as the HTTP surface says them. */
final class JobJson {

  /** What may have been left out without there being a value that stands for it. */
  static final List<String> NULLABLE =
      List.of(
          "retry_policy",
          "queue",
          "rate_limit",
          "on_success_url",
          "on_failure_url",
          "callback_secret");

  private static final long MOST_MINUTES = 1_440;
  private static final String UTC = "UTC";

  private final Map<String, JobKind> kinds;

  JobJson(Map<String, JobKind> kinds) {
    this.kinds = kinds;
  }

  /** The word for what kind of job it is. */
  static String kind(JobSpec spec) {
    return spec.action() instanceof ExtensionAction action
        ? action.kind()
        : spec.schedule().kind().jsonName();
  }

  /** An answer. */
  JsonObject answer(Job job, Optional<Instant> next, JsonObject facts) {
    JsonObject settings = settings(job);
    JsonObject.Builder answer =
        JsonObject.builder()
            .put("id", job.id())
            .put("name", job.name())
            .put("kind", kind(job.spec()))
            .put("state", word(job.state()))
            .putAll(settings);
    for (String field : NULLABLE) {
      if (!settings.has(field)) {
        answer.put(field, Optional.empty());
      }
    }
    if (!settings.has("retry_policy")) {
      answer.put("retry_policy", retryByDefault(job.spec().action()).map(JobJson::retry));
    }
    return answer
        .putAll(facts)
        .put("next_run_at", next)
        .put("created_at", job.createdAt())
        .put("updated_at", job.updatedAt())
        .build();
  }

  /** Handlers have defaults of their own, which only nodes know that have the handler. */
  private static Optional<RetryPolicy> retryByDefault(JobAction action) {
    return action instanceof HttpAction
        ? Optional.of(RetryPolicy.standard())
        : action instanceof CommandAction ? Optional.of(RetryPolicy.none()) : Optional.empty();
  }

  /** What a job is, as a request would say it. */
  JsonObject settings(Job job) {
    JobSpec spec = job.spec();
    String kind = kind(spec);
    JsonObject.Builder settings = JsonObject.builder().put("name", spec.name()).put("kind", kind);
    JobKind extension = kinds.get(kind);
    if (extension == null || extension.isScheduled()) {
      settings.put("schedule", schedule(spec.schedule()));
    }
    action(settings, job, extension);
    spec.retry().ifPresent(retry -> settings.put("retry_policy", retry(retry)));
    settings
        .put("missed_run_policy", missed(spec.missed()))
        .put("overlap_policy", word(spec.overlap()))
        .put("priority", word(spec.priority()))
        .putIfPresent("queue", spec.queue())
        .put("max_concurrent_executions", spec.maxConcurrentExecutions())
        .putIfPresent("rate_limit", spec.rateLimit().map(JobJson::rate));
    for (TriggerEvent event : TriggerEvent.values()) {
      settings.put(
          event.jsonName(),
          JsonObject.builder().put("trigger_job", spec.triggers().names(event)).build());
    }
    return settings
        .putIfPresent("on_success_url", spec.callbacks().onSuccessUrl())
        .putIfPresent("on_failure_url", spec.callbacks().onFailureUrl())
        .putIfPresent("callback_secret", spec.callbacks().secret())
        .put("labels", spec.labels().names())
        .build();
  }

  private static void action(JsonObject.Builder settings, Job job, @Nullable JobKind extension) {
    JobAction action = job.spec().action();
    if (action instanceof HttpAction http) {
      settings.put("request", new Json(HttpActionJson.toJson(http)));
    } else if (action instanceof CommandAction command) {
      settings.put("command", new Json(CommandActionJson.toJson(command)));
    } else if (action instanceof HandlerCall call) {
      settings.put("handler", call.handler()).put("payload", call.payload());
    } else if (extension != null) {
      settings.putAll(extension.settings(job));
    }
  }

  private static JsonObject schedule(Schedule schedule) {
    JsonObject.Builder json = JsonObject.builder();
    if (schedule instanceof CronSchedule cron) {
      String zone = cron.zone().getId();
      json.put("cron", cron.expression()).put("timezone", zone.equals("Z") ? UTC : zone);
    } else if (schedule instanceof IntervalSchedule every) {
      long minutes = every.interval().toMinutes();
      if (every.interval().equals(Duration.ofMinutes(minutes)) && minutes <= MOST_MINUTES) {
        json.put("every_n_minutes", minutes);
      } else {
        json.put("interval", every.interval().toString());
      }
    } else if (schedule instanceof OnceSchedule once) {
      json.put("run_at", once.instant());
    }
    return json.build();
  }

  private static JsonObject retry(RetryPolicy retry) {
    BackoffPolicy backoff = retry.backoff();
    return JsonObject.builder()
        .put("max_attempts", retry.maxAttempts())
        .put("retry_on_statuses", retry.retryOnStatuses())
        .put(
            "backoff",
            JsonObject.builder()
                .put("initial", backoff.initial().toString())
                .put("multiplier", backoff.multiplier())
                .put("max", backoff.max().toString())
                .put("jitter", backoff.jitter())
                .build())
        .build();
  }

  private static JsonObject missed(MissedRunPolicy policy) {
    JsonObject.Builder json = JsonObject.builder();
    if (policy instanceof MissedRunPolicy.RunAll all) {
      json.put("policy", "run_all").put("bound", all.bound());
    } else {
      json.put("policy", policy instanceof MissedRunPolicy.Skip ? "skip" : "run_once");
    }
    return json.put("tolerance", policy.tolerance().toString()).build();
  }

  private static JsonObject rate(RateLimit rate) {
    return JsonObject.builder()
        .put("limit", rate.limit())
        .put("per_seconds", Durations.seconds(rate.per()))
        .build();
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
