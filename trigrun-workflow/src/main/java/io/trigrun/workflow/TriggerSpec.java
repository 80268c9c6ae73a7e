package io.trigrun.workflow;

import io.trigrun.validation.Problems;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a host says about the address at which a {@code webhook_trigger} job is started (rows W7,
 * W14). Immutable; {@link #toString} shows no secret.
 *
 * <pre>{@code
 * TriggerSpec.of(TriggerVerification.github()).withSecrets("secret://github-hook")
 * }</pre>
 *
 * @param verification how deliveries prove who has sent them
 * @param secrets what they prove it by, any of them, 1 to 5: the secret of today and, while it is
 *     being changed, that of yesterday. Encrypted by the host's cipher when they are stored, or
 *     {@code secret://name} for one of the workspace's own secrets. Empty for those that are stored
 *     already
 * @param tolerance how old a signature may be, and how far in the future: 1 s to 24 h, default 300
 *     s. Of no effect where no time is signed
 * @param deliveryId what tells deliveries apart; empty for {@link TriggerVerification#deliveryId}
 * @param uniformResponse whether a delivery that proves nothing is answered as one to an address
 *     that nobody has, with 200. Default: with 401, which tells who knows the address that it
 *     exists
 * @param keptHeaders which headers a run sees, in lower case; none that may hold a credential
 */
public record TriggerSpec(
    TriggerVerification verification,
    Optional<List<String>> secrets,
    Duration tolerance,
    Optional<TriggerDeliveryId> deliveryId,
    boolean uniformResponse,
    Set<String> keptHeaders) {

  /** How old a signature may be unless the trigger says. */
  public static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

  /** What runs see unless the trigger says. */
  public static final Set<String> DEFAULT_HEADERS =
      Set.of(
          "content-type",
          "idempotency-key",
          "user-agent",
          "webhook-id",
          "webhook-timestamp",
          "x-github-delivery",
          "x-github-event",
          "x-github-hook-id",
          "x-request-id",
          "x-slack-retry-num",
          "x-slack-retry-reason",
          "x-trigrun-delivery-id");

  private static final Duration LONGEST_TOLERANCE = Duration.ofHours(24);
  private static final int MOST_SECRETS = 5;
  private static final int LONGEST_SECRET = 500;
  private static final int MOST_HEADERS = 50;
  private static final String NAMED = "secret://";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "authorization|cookie|signature|secret|token|passw|api-?key|hmac",
          Pattern.CASE_INSENSITIVE);

  /**
   * @throws io.trigrun.validation.ValidationException naming {@code webhook_secret}, {@code
   *     tolerance_seconds} or {@code headers}, and showing no secret
   */
  public TriggerSpec {
    secrets = secrets.map(List::copyOf);
    keptHeaders = lowerCase(keptHeaders);
    Problems problems = new Problems();
    secrets.ifPresent(given -> checkSecrets(verification, given, problems));
    problems.check(
        tolerance.toSeconds() >= 1 && tolerance.compareTo(LONGEST_TOLERANCE) <= 0,
        "tolerance_seconds",
        "1 s to 24 h",
        tolerance);
    checkHeaders(keptHeaders, problems);
    problems.throwIfAny();
  }

  /** With the defaults, and without secrets so far. */
  public static TriggerSpec of(TriggerVerification verification) {
    return new TriggerSpec(
        verification,
        Optional.empty(),
        DEFAULT_TOLERANCE,
        Optional.empty(),
        false,
        DEFAULT_HEADERS);
  }

  /** Whoever knows the address may start runs. */
  public static TriggerSpec unverified() {
    return of(TriggerVerification.none());
  }

  /** The same with these secrets and no others. */
  public TriggerSpec withSecrets(String... values) {
    return new TriggerSpec(
        verification,
        Optional.of(List.of(values)),
        tolerance,
        deliveryId,
        uniformResponse,
        keptHeaders);
  }

  /** The same with another tolerance. */
  public TriggerSpec withTolerance(Duration value) {
    return new TriggerSpec(verification, secrets, value, deliveryId, uniformResponse, keptHeaders);
  }

  /** The same, telling deliveries apart by this. */
  public TriggerSpec withDeliveryId(TriggerDeliveryId value) {
    return new TriggerSpec(
        verification, secrets, tolerance, Optional.of(value), uniformResponse, keptHeaders);
  }

  /** The same, answering what proves nothing as it would answer at an unknown address. */
  public TriggerSpec withUniformResponse() {
    return new TriggerSpec(verification, secrets, tolerance, deliveryId, true, keptHeaders);
  }

  /** The same, runs seeing these headers and no others; names in any case. */
  public TriggerSpec withKeptHeaders(String... names) {
    return new TriggerSpec(
        verification, secrets, tolerance, deliveryId, uniformResponse, Set.of(names));
  }

  private static void checkSecrets(
      TriggerVerification verification, List<String> given, Problems problems) {
    String field = "webhook_secret";
    if (!verification.needsSecret()) {
      problems.check(
          given.isEmpty(),
          field,
          "none, as deliveries prove nothing; choose another verification to use it",
          given.size());
      return;
    }
    problems.check(
        !given.isEmpty() && given.size() <= MOST_SECRETS,
        field,
        "1 to " + MOST_SECRETS + " secrets",
        given.size());
    for (String secret : given) {
      problems.check(
          !secret.isBlank() && secret.length() <= LONGEST_SECRET,
          field,
          "1 to " + LONGEST_SECRET + " characters, not only spaces",
          secret.length() + " characters");
      problems.check(
          !secret.startsWith(NAMED) || NAME.matcher(secret.substring(NAMED.length())).matches(),
          field,
          "secret:// and the name of a secret: letters, digits, dots, dashes and underscores",
          "another form");
      problems.check(
          secret.chars().allMatch(c -> c >= ' ' && c < 0x7f),
          field,
          "printable ASCII",
          "something else");
    }
  }

  private static void checkHeaders(Set<String> names, Problems problems) {
    problems.check(
        names.size() <= MOST_HEADERS, "headers", "at most " + MOST_HEADERS, names.size());
    for (String name : names) {
      problems.check(HeaderName.isOne(name), "headers", "names of headers", name);
      problems.check(
          !CREDENTIAL.matcher(name).find(),
          "headers",
          "none that holds a credential, as what runs see is stored and shown",
          name);
    }
  }

  private static Set<String> lowerCase(Set<String> names) {
    Set<String> lower = new TreeSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return Collections.unmodifiableSet(lower);
  }

  @Override
  public String toString() {
    return "TriggerSpec["
        + verification
        + ", "
        + secrets.map(given -> given.size() + " secrets").orElse("secrets as they are")
        + ", "
        + tolerance
        + ", "
        + deliveryId.orElseGet(verification::deliveryId)
        + (uniformResponse ? ", uniform, " : ", ")
        + keptHeaders
        + "]";
  }
}
