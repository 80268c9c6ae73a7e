package io.trigrun.workflow;

import java.time.Instant;
import java.util.UUID;

/**
 * The address of a {@code webhook_trigger} job, without its token and its secrets. A snapshot.
 *
 * @param jobId the job that it starts
 * @param workspace the tenant it belongs to
 * @param spec what is known about it; its secrets are left out, so that saving it again keeps them
 * @param webhookSecretConfigured whether deliveries have to know a secret
 * @param createdAt when it was issued
 * @param updatedAt when it was changed, or its token rotated, last
 */
public record WebhookTrigger(
    UUID jobId,
    String workspace,
    TriggerSpec spec,
    boolean webhookSecretConfigured,
    Instant createdAt,
    Instant updatedAt) {}
