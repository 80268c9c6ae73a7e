package io.trigrun.workflow.internal.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.signing.SignatureScheme;
import io.trigrun.signing.SigningKeys;
import io.trigrun.signing.SigningSecret;
import io.trigrun.signing.Verification;
import io.trigrun.signing.WebhookVerifier;
import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.TriggerSpec;
import io.trigrun.workflow.TriggerVerification;
import io.trigrun.workflow.TriggerVerification.GitHub;
import io.trigrun.workflow.TriggerVerification.Hmac;
import io.trigrun.workflow.TriggerVerification.SharedSecret;
import io.trigrun.workflow.TriggerVerification.StandardWebhooks;
import io.trigrun.workflow.TriggerVerification.Stripe;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a delivery proves who has sent it. Costs an HMAC or two of the body, whatever it is. */
final class Proof {

  private static final String FIELD = "webhook_secret";
  private static final byte[] NO_KEY = new byte[32];

  private Proof() {}

  /**
   * Checks that secrets are of the form that senders of the kind use.
   *
   * @throws ValidationException without the secrets
   */
  static void requireFit(TriggerVerification verification, List<String> secrets) {
    if (verification instanceof SharedSecret) {
      Problems.require(
          secrets.stream().allMatch(secret -> secret.equals(secret.strip())),
          FIELD,
          "no spaces around it, as headers lose them",
          "some");
    }
    Optional<SignatureScheme> scheme = scheme(verification);
    if (scheme.isEmpty() || secrets.isEmpty()) {
      return;
    }
    try {
      WebhookVerifier ignored = WebhookVerifier.of(scheme.get(), keys(secrets));
    } catch (ValidationException e) { // names the field as the scheme calls it
      throw new ValidationException(
          List.of(new Problem(FIELD, e.problems().get(0).expected(), "another text, not shown")));
    }
  }

  static Verification check(
      TriggerSpec spec, List<String> secrets, InboundRequest request, byte[] body, Clock clock) {
    TriggerVerification verification = spec.verification();
    if (verification instanceof TriggerVerification.None) {
      byte[] unused = Digests.hmac(NO_KEY, new byte[0], body); // so that it takes as long
      return unused.length > 0 ? Verification.VALID : Verification.MISSING;
    }
    if (secrets.isEmpty()) {
      return Verification.MISMATCH;
    }
    if (verification instanceof SharedSecret shared) {
      return checkShared(shared, secrets, request, body);
    }
    Optional<SignatureScheme> scheme = scheme(verification);
    if (scheme.isPresent()) {
      return WebhookVerifier.of(scheme.get(), keys(secrets))
          .withTolerance(spec.tolerance())
          .withClock(clock)
          .verify(body, request.headers());
    }
    MacSignature signature =
        verification instanceof Hmac hmac ? MacSignature.of(hmac) : MacSignature.slack();
    return signature.verify(request, body, secrets, spec.tolerance(), clock.instant());
  }

  /** Hashes are compared, which are all of one length. */
  private static Verification checkShared(
      SharedSecret shared, List<String> secrets, InboundRequest request, byte[] body) {
    List<String> given = MacSignature.values(request, shared.header());
    byte[] unused = Digests.hmac(NO_KEY, new byte[0], body);
    byte[] actual = Digests.sha256((given.size() == 1 ? given.get(0) : "").getBytes(UTF_8));
    boolean holds = false;
    for (String secret : secrets) {
      holds |= MessageDigest.isEqual(Digests.sha256(secret.getBytes(UTF_8)), actual);
    }
    if (given.isEmpty() || unused.length == 0) {
      return Verification.MISSING;
    }
    if (given.size() > 1) {
      return Verification.DUPLICATE;
    }
    return holds ? Verification.VALID : Verification.MISMATCH;
  }

  /** What core has a scheme for. */
  private static Optional<SignatureScheme> scheme(TriggerVerification verification) {
    if (verification instanceof GitHub) {
      return Optional.of(SignatureScheme.bodyHex("X-Hub-Signature-256"));
    }
    if (verification instanceof Stripe) {
      return Optional.of(SignatureScheme.stripe("Stripe-Signature"));
    }
    return verification instanceof StandardWebhooks
        ? Optional.of(SignatureScheme.standard())
        : Optional.empty();
  }

  private static SigningKeys keys(List<String> secrets) {
    SigningKeys keys = SigningKeys.of(SigningSecret.of(FIELD, secrets.get(0)));
    for (String older : secrets.subList(1, secrets.size())) {
      keys = keys.withOld(SigningSecret.of(FIELD, older), Instant.MAX);
    }
    return keys;
  }
}
