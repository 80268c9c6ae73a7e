package io.trigrun.notify.channel;

import io.trigrun.Trigger;
import io.trigrun.TriggerEvent;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.HostSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MonitorSubject;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.ParentDetail;
import io.trigrun.notify.provider.RunDetail;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The generic payload of cheek, key for key and in this order (row N8). All keys are there, but
 * {@code triggered_by_job_run} only if another job has started the run.
 */
final class CheekPayload {

  private CheekPayload() {}

  static String of(Message message) {
    if (message.subject() instanceof HostSubject host) {
      return host.payload();
    }
    return JsonText.write(
        message.subject() instanceof ExecutionSubject execution ? of(execution) : other(message));
  }

  private static ObjectNode of(ExecutionSubject subject) {
    RunDetail run = subject.run();
    ObjectNode payload =
        run(
            OlderStatus.of(subject),
            subject.bodyPreview().or(run::reason),
            subject.jobName(),
            run.scheduledFor().toString(),
            triggeredBy(run.trigger(), run.parent()));
    put(payload, run.triggered(), run.attempt() - 1, run.retriesExhausted());
    run.parent().ifPresent(parent -> payload.set("triggered_by_job_run", of(parent)));
    return payload;
  }

  private static ObjectNode of(ParentDetail parent) {
    return run(
        OlderStatus.of(parent),
        parent.log(),
        parent.jobName(),
        parent.scheduledFor().toString(),
        triggeredBy(parent.trigger(), parent.parent()));
  }

  /** Cheek knows runs only; its receivers still see what is wrong and where. */
  private static ObjectNode other(Message message) {
    Notice notice = message.notice();
    boolean isMonitor = message.subject() instanceof MonitorSubject;
    ObjectNode payload =
        run(
            notice.tone() == Notice.Tone.BAD ? 1 : 0,
            Optional.of(
                notice.text().orElse(notice.title())
                    + OlderText.link(message).map(link -> "\n" + link).orElse("")),
            message.subject() instanceof MonitorSubject monitor ? monitor.name() : notice.title(),
            message.at().toString(),
            isMonitor ? "monitor" : message.event());
    put(payload, List.of(), 0, false);
    return payload;
  }

  private static ObjectNode run(
      int status, Optional<String> log, String name, String triggeredAt, String triggeredBy) {
    return JsonText.object()
        .put("status", status)
        .put("log", log.orElse(""))
        .put("name", name)
        .put("triggered_at", triggeredAt)
        .put("triggered_by", triggeredBy);
  }

  private static void put(
      ObjectNode payload, List<String> triggered, int retryAttempt, boolean retriesExhausted) {
    ArrayNode names = payload.putArray("triggered");
    triggered.forEach(names::add);
    payload.put("retry_attempt", retryAttempt).put("retries_exhausted", retriesExhausted);
  }

  /** In cheek's words, as far as it has them. */
  private static String triggeredBy(Trigger trigger, Optional<ParentDetail> parent) {
    return switch (trigger) {
      case SCHEDULE -> "cron";
      case RUN_NOW -> "manual";
      case ENQUEUE -> "enqueue";
      case REPLAY -> "replay";
      case FOLLOW_UP, SYSTEM -> parent.map(CheekPayload::job).orElse("job");
    };
  }

  private static String job(ParentDetail parent) {
    boolean exhausted =
        parent.event().filter(event -> event == TriggerEvent.ON_RETRIES_EXHAUSTED).isPresent();
    return (exhausted ? "retries_exhausted[" : "job[") + parent.jobName() + "]";
  }
}
