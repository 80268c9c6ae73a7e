package io.trigrun.spi;

import io.trigrun.http.SecretLookup;
import io.trigrun.secret.Ciphertext;
import io.trigrun.secret.SecretContext;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * Secrets for the parts of a TrigRun, which name them in what they store and need the values when
 * they send. Thread-safe.
 *
 * <p>A definition that names secrets carries {@link #references} and is stored by {@link #write}:
 * then none of them can be deleted before it. A secret need not be there yet: its name is reserved
 * by the same write.
 */
public interface SecretAccess {

  /**
   * Finds values as they were saved when the latest execution was claimed, or later. Give what it
   * finds to nobody but the receiver, and rid the answer of it: see {@link
   * io.trigrun.http.ResolvedSecrets}.
   */
  SecretLookup lookup(String workspace);

  /** For {@link Definition#references()} of whatever names these secrets. The same for ever. */
  Set<UUID> references(String workspace, Collection<String> names);

  /**
   * Encrypts a value that a definition keeps within itself: the credentials of a channel.
   *
   * @param context where it belongs; {@link #open} must be given the same
   * @throws io.trigrun.secret.NoCipherException if this node was built without a cipher; its
   *     message says how to give it one
   */
  Ciphertext seal(String value, SecretContext context);

  /**
   * The value again.
   *
   * @throws io.trigrun.secret.SecretUnavailableException if it can't be had, now or ever
   */
  String open(Ciphertext sealed, SecretContext context);

  /**
   * The key that {@link #seal} uses now.
   *
   * @throws io.trigrun.secret.NoCipherException if this node was built without a cipher
   */
  String keyId();

  /**
   * Stores a set whose definitions name these secrets, and reserves those names that nobody has
   * stored yet.
   *
   * @throws io.trigrun.LimitExceededException if the workspace may not have as many secrets
   * @return as from {@link JobStore#write(WriteSet)}; a conflict is about the set
   */
  WriteResult write(String workspace, Collection<String> names, WriteSet writes);
}
