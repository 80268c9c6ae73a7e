package io.trigrun.secret;

import java.time.Instant;

/**
 * What is known of a secret: everything but its value.
 *
 * @param name unique within the workspace, as in {@code secret://name}
 * @param version rises with each change, a new encryption included
 * @param keyId the key that its value is encrypted with
 * @param createdAt when a value was first saved under the name
 * @param updatedAt when the value was last saved; {@code reencryptSecrets} does not change it
 */
public record Secret(
    String name, long version, String keyId, Instant createdAt, Instant updatedAt) {}
