package io.trigrun.workflow;

import io.trigrun.signing.SigningKeys;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The addresses at which the {@code webhook_trigger} jobs of a workspace are started (rows W7,
 * W14). Each such job has one at most, which goes when the job does. Every change is one atomic
 * write, in force on every node for the next delivery. Thread-safe.
 */
public interface Triggers {

  /** The longest time that an old token may work beside the new one. */
  Duration LONGEST_OVERLAP = SigningKeys.LONGEST_OVERLAP;

  /**
   * Gives a job its address.
   *
   * @throws io.trigrun.NotFoundException if there is no such job in the workspace
   * @throws io.trigrun.validation.ValidationException if the job is none that webhooks start, or
   *     naming {@code webhook_secret} if one is missing, or of a form that senders of the kind do
   *     not use
   * @throws io.trigrun.ConflictException if it has an address already
   * @throws io.trigrun.secret.NoCipherException if it has secrets and this node was built without a
   *     cipher
   */
  TriggerWithToken issue(UUID jobId, TriggerSpec spec);

  /**
   * Gives a job another token. The one it has works until the overlap ends: at most 5 old ones do,
   * beyond that the one that would end first ends now. A token that somebody has stolen should not
   * work a moment longer: with an overlap of zero all old ones end now.
   *
   * @param overlap zero to {@link #LONGEST_OVERLAP}
   * @throws io.trigrun.NotFoundException if there is no such job, or it has no address
   * @throws io.trigrun.validation.ValidationException for another overlap
   */
  TriggerWithToken rotate(UUID jobId, Duration overlap);

  /**
   * Replaces what is known about an address; its tokens stay. Secrets that are not given stay, too.
   *
   * @throws io.trigrun.NotFoundException if there is no such job, or it has no address
   * @throws io.trigrun.validation.ValidationException as for {@link #issue}
   * @throws io.trigrun.secret.NoCipherException as for {@link #issue}
   */
  WebhookTrigger update(UUID jobId, TriggerSpec spec);

  /** The address of a job, if it has one. */
  Optional<WebhookTrigger> find(UUID jobId);

  /**
   * Takes the address of a job away: from now on its tokens are as unknown as any. Runs that were
   * started go on.
   *
   * @throws io.trigrun.NotFoundException if there is no such job, or it has no address
   */
  void revoke(UUID jobId);
}
