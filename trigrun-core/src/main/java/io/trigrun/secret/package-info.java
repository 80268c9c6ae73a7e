/**
 * Secrets of a workspace (row S11): values that HTTP jobs send as {@code secret://name} and that
 * nobody can read again.
 *
 * <p>{@link io.trigrun.secret.Secrets} keeps them, a {@link io.trigrun.secret.SecretCipher} makes
 * them unreadable at rest, by default AES-256-GCM with the keys of a {@link
 * io.trigrun.secret.KeyRing}, and {@link io.trigrun.secret.Redaction} takes them out of what
 * targets say back before it is recorded.
 */
@NullMarked
package io.trigrun.secret;

import org.jspecify.annotations.NullMarked;
