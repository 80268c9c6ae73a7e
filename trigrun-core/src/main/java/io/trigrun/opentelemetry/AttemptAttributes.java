package io.trigrun.opentelemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.trigrun.Execution;
import java.util.Locale;

/**
 * What a span says of its attempt: the conventions for messaging, and what they have no word for.
 */
final class AttemptAttributes {

  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("messaging.operation.name");
  private static final AttributeKey<String> OPERATION_TYPE =
      AttributeKey.stringKey("messaging.operation.type");
  private static final AttributeKey<String> DESTINATION =
      AttributeKey.stringKey("messaging.destination.name");
  private static final AttributeKey<String> MESSAGE_ID =
      AttributeKey.stringKey("messaging.message.id");
  private static final AttributeKey<String> QUEUE = AttributeKey.stringKey("trigrun.queue");
  private static final AttributeKey<String> JOB = AttributeKey.stringKey("trigrun.job.id");
  private static final AttributeKey<String> WORKSPACE = AttributeKey.stringKey("trigrun.workspace");
  private static final AttributeKey<String> TRIGGER = AttributeKey.stringKey("trigrun.trigger");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("trigrun.attempt");

  private AttemptAttributes() {}

  static void of(Execution execution, SpanBuilder span) {
    span.setAttribute(SYSTEM, "trigrun")
        .setAttribute(OPERATION, "run")
        .setAttribute(OPERATION_TYPE, "process")
        .setAttribute(DESTINATION, execution.handler())
        .setAttribute(MESSAGE_ID, execution.id().toString())
        .setAttribute(QUEUE, execution.queue())
        .setAttribute(WORKSPACE, execution.workspace())
        .setAttribute(TRIGGER, execution.trigger().name().toLowerCase(Locale.ROOT))
        .setAttribute(ATTEMPT, (long) execution.attempt());
    execution.jobId().ifPresent(id -> span.setAttribute(JOB, id.toString()));
  }
}
