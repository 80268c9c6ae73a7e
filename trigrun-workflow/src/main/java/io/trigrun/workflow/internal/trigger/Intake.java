package io.trigrun.workflow.internal.trigger;

import io.trigrun.Job;
import io.trigrun.JobState;
import io.trigrun.Trigger;
import io.trigrun.inbound.ClientNetwork;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.signing.Verification;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.spi.Host;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import io.trigrun.workflow.TriggerDesk;
import io.trigrun.workflow.TriggerLimits;
import io.trigrun.workflow.TriggerReceipt;
import io.trigrun.workflow.TriggerVerification.Slack;
import io.trigrun.workflow.internal.body.UnreadableBodyException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Takes deliveries, in this order: size, token, signature, pace, body, job, run. What is done for a
 * token that nobody has is what is done for a trigger that does not betray itself, but for the
 * write of the run.
 */
public final class Intake implements TriggerDesk {

  private static final Logger LOG = LoggerFactory.getLogger(TriggerDesk.class);
  private static final int LONGEST_CHALLENGE = 1_000;

  private final Host host;
  private final TriggerLimits limits;
  private final TriggerVault vault;
  private final Addressees addressees;
  private final Pace pace;

  public Intake(Host host, TriggerLimits limits) {
    this.host = host;
    this.limits = limits;
    this.vault = new TriggerVault(host.secrets());
    this.addressees = new Addressees(host, vault);
    this.pace = new Pace(limits, host.clock());
  }

  @Override
  public TriggerReceipt receive(String token, InboundRequest request) {
    String network = ClientNetwork.of(request);
    byte[] body = request.body();
    if (body.length > limits.bodyBytes()) {
      return pace.failed(network).orElse(new TriggerReceipt.TooLarge(limits.bodyBytes()));
    }
    String hash = TriggerToken.hash(token);
    Addressee addressee = addressees.find(hash, host.clock().instant());
    if (!addressee.isUniform()) {
      Optional<TriggerReceipt> shutOut = pace.shutOut(network, hash);
      if (shutOut.isPresent()) {
        return shutOut.get();
      }
    }
    TriggerVault.Opened opened =
        vault.open(addressee.workspace(), addressee.triggerId(), addressee.document().secrets());
    Verification proof =
        Proof.check(addressee.document().spec(), opened.values(), request, body, host.clock());
    if (!proof.isValid() && !opened.isComplete()) {
      LOG.warn("a delivery was not taken: a secret of job {} can't be had", addressee.jobId());
      return new TriggerReceipt.Unavailable(addressee.jobId());
    }
    if (!proof.isValid() && addressee.isKnown()) {
      LOG.info("a delivery to job {} was refused: {}", addressee.jobId(), proof);
    }
    if (!proof.isValid() && !addressee.isUniform()) {
      return pace.failed(network, hash)
          .orElse(new TriggerReceipt.Refused(addressee.jobId(), proof, false));
    }
    Optional<TriggerReceipt> tooMany = proof.isValid() ? pace.took(hash) : pace.hid(network, hash);
    if (tooMany.isPresent()) {
      return tooMany.get();
    }
    try {
      return take(addressee, proof, request, body);
    } catch (UnreadableBodyException e) {
      return pace.failed(network).orElse(new TriggerReceipt.Unreadable(e.text()));
    }
  }

  private TriggerReceipt take(
      Addressee addressee, Verification proof, InboundRequest request, byte[] body)
      throws UnreadableBodyException {
    TriggerInput input = TriggerInput.of(request, body, addressee.document());
    if (!addressee.isKnown()) {
      return new TriggerReceipt.Unknown();
    }
    if (!proof.isValid()) {
      return new TriggerReceipt.Refused(addressee.jobId(), proof, true);
    }
    Optional<String> challenge = challenge(addressee, input.body());
    if (challenge.isPresent()) {
      return new TriggerReceipt.Challenge(challenge.get());
    }
    return addressee
        .job()
        .filter(StoredTriggers::isStartedByWebhook)
        .map(found -> start(found, addressee, input, request, body))
        .orElse(new TriggerReceipt.Unknown());
  }

  private TriggerReceipt start(
      Job job, Addressee addressee, TriggerInput input, InboundRequest request, byte[] body) {
    if (job.state() != JobState.ACTIVE) {
      LOG.info("a delivery to job {} starts nothing: the job is {}", job.id(), job.state());
      return new TriggerReceipt.Inactive(job.id());
    }
    String workflow = ((ExtensionAction) job.spec().action()).document();
    String payload = "{\"workflow\":" + workflow + ",\"trigger\":" + input.json() + "}";
    int longest = host.limits(job.workspace()).payload();
    if (payload.length() > longest) {
      return new TriggerReceipt.TooLarge(Math.max(0, longest - workflow.length()));
    }
    Optional<UniqueKey> key =
        DeliveryKey.of(job.id(), addressee.document().deliveryId(), request, body, input.body());
    Enqueued run =
        enqueue(host.runOf(job, Trigger.ENQUEUE, Optional.empty(), key, Optional.of(payload)));
    return run.duplicate()
        ? new TriggerReceipt.Repeated(run.executionId())
        : new TriggerReceipt.Started(run.executionId());
  }

  /** Run and key are one row. A second try has the run's id, so it stores no second one. */
  private Enqueued enqueue(NewExecution run) {
    WriteResult result;
    try {
      result = host.store().write(WriteSet.enqueue(List.of(run)));
    } catch (StoreException e) {
      if (!e.isRetryable()) {
        throw e;
      }
      result = host.store().write(WriteSet.enqueue(List.of(run)));
    }
    host.wakeUp();
    return ((WriteResult.Stored) result).enqueued().get(0);
  }

  /** Slack asks once whether the address is its owner's. */
  private static Optional<String> challenge(Addressee addressee, JsonNode body) {
    return addressee.document().spec().verification() instanceof Slack
            && body.path("type").asString("").equals("url_verification")
        ? body.optional("challenge")
            .map(node -> node.asString(""))
            .filter(text -> !text.isEmpty() && text.length() <= LONGEST_CHALLENGE)
        : Optional.empty();
  }
}
