package io.trigrun.workflow.internal.management;

import io.trigrun.Json;
import io.trigrun.route.JsonObject;
import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.TriggerDeliveryId;
import io.trigrun.workflow.TriggerSpec;
import io.trigrun.workflow.TriggerVerification;
import io.trigrun.workflow.internal.expression.JsonText;
import io.trigrun.workflow.internal.trigger.VerificationJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The addresses of jobs as the HTTP surface says them: {@code webhook_secret} and the rest. */
final class TriggerJson {

  private static final String SECRET = "webhook_secret";
  private static final String WEBHOOK = "webhook";
  private static final String VERIFICATION = "verification";
  private static final String TOLERANCE = "tolerance_seconds";
  private static final String DELIVERY_ID = "delivery_id";
  private static final String UNIFORM = "uniform_response";
  private static final String HEADERS = "headers";
  private static final String PATH = "path";
  private static final String BODY_HASH = "body_hash";
  private static final JsonObject NOTHING = JsonObject.builder().build();

  private final Problems problems = new Problems();

  private TriggerJson() {}

  /** The address of a new job. */
  static TriggerSpec created(JsonObject body) {
    JsonObject webhook = body.object(WEBHOOK).orElse(NOTHING);
    return new TriggerJson().spec(webhook, secrets(body));
  }

  /** Whether a change of a job is one of its address, too. */
  static boolean isChanged(JsonObject change) {
    return change.has(SECRET) || change.has(WEBHOOK);
  }

  /**
   * An address after a change. Who gives the first secret wants it to be asked for, and who takes
   * the shared one back wants the contrary, unless they say otherwise.
   */
  static TriggerSpec changed(TriggerSpec now, JsonObject change) {
    JsonObject webhook = of(now);
    JsonObject said = change.object(WEBHOOK).orElse(NOTHING);
    if (change.has(WEBHOOK) && change.object(WEBHOOK).isEmpty()) { // null takes all of it back
      webhook = NOTHING;
    }
    List<String> outdated = List.of();
    if (change.has(SECRET) && isDecidedBySecret(now, secrets(change).isPresent())) {
      outdated = List.of(VERIFICATION);
    }
    JsonObject next = webhook.without(outdated).patched(said, WorkflowShapes.WEBHOOK);
    Optional<List<String>> secrets =
        change.has(SECRET) ? Optional.of(secrets(change).orElse(List.of())) : Optional.empty();
    if (secrets.isEmpty() && !next.has(VERIFICATION)) { // as it was
      next =
          JsonObject.builder()
              .putAll(next)
              .put(VERIFICATION, verification(standard(now.verification().needsSecret())))
              .build();
    }
    return new TriggerJson().spec(next, secrets);
  }

  private static boolean isDecidedBySecret(TriggerSpec now, boolean isGiven) {
    return isGiven
        ? !now.verification().needsSecret()
        : now.verification() instanceof TriggerVerification.SharedSecret;
  }

  /** What there is to be said of an address, without secrets. */
  static JsonObject of(TriggerSpec spec) {
    return JsonObject.builder()
        .put(VERIFICATION, verification(spec.verification()))
        .put(TOLERANCE, spec.tolerance().toSeconds())
        .putIfPresent(DELIVERY_ID, spec.deliveryId().map(TriggerJson::deliveryId))
        .put(UNIFORM, spec.uniformResponse())
        .put(HEADERS, spec.keptHeaders())
        .build();
  }

  private static Json verification(TriggerVerification verification) {
    return new Json(VerificationJson.write(verification).toString());
  }

  private static JsonObject deliveryId(TriggerDeliveryId id) {
    return JsonObject.builder()
        .put(HEADERS, id.headers())
        .putIfPresent(PATH, id.path())
        .put(BODY_HASH, id.bodyHash())
        .build();
  }

  private static Optional<List<String>> secrets(JsonObject body) {
    Optional<String> one = body.text(SECRET);
    if (one.isPresent()) {
      return one.map(List::of);
    }
    return Optional.of(body.texts(SECRET)).filter(several -> !several.isEmpty());
  }

  private static TriggerVerification standard(boolean hasSecret) {
    return hasSecret ? TriggerVerification.sharedSecret() : TriggerVerification.none();
  }

  private TriggerSpec spec(JsonObject webhook, Optional<List<String>> secrets) {
    TriggerVerification standard = standard(secrets.filter(it -> !it.isEmpty()).isPresent());
    Optional<TriggerVerification> verification =
        webhook.has(VERIFICATION)
            ? part(
                () ->
                    VerificationJson.read(
                        JsonText.read(webhook.json(VERIFICATION).orElseThrow().text())))
            : Optional.of(standard);
    Optional<TriggerDeliveryId> deliveryId =
        webhook
            .object(DELIVERY_ID)
            .flatMap(
                id ->
                    part(
                        () ->
                            new TriggerDeliveryId(
                                id.texts(HEADERS),
                                id.text(PATH),
                                id.flag(BODY_HASH).orElse(false))));
    Optional<TriggerSpec> spec =
        part(
            () ->
                new TriggerSpec(
                    verification.orElse(standard),
                    verification.isPresent() ? secrets : Optional.empty(),
                    webhook
                        .whole(TOLERANCE)
                        .map(Duration::ofSeconds)
                        .orElse(TriggerSpec.DEFAULT_TOLERANCE),
                    deliveryId,
                    webhook.flag(UNIFORM).orElse(false),
                    webhook.has(HEADERS)
                        ? Set.copyOf(webhook.texts(HEADERS))
                        : TriggerSpec.DEFAULT_HEADERS));
    problems.throwIfAny();
    return spec.orElseThrow();
  }

  private <T> Optional<T> part(Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (ValidationException e) {
      for (Problem problem : e.problems()) {
        String field = problem.field();
        problems.add(
            field.equals(SECRET) ? field : WEBHOOK + "." + field,
            problem.expected(),
            problem.got());
      }
      return Optional.empty();
    }
  }
}
