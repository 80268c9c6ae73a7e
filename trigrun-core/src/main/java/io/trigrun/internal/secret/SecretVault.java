package io.trigrun.internal.secret;

import io.trigrun.LimitExceededException;
import io.trigrun.WorkspaceLimits;
import io.trigrun.http.SecretLookup;
import io.trigrun.secret.Ciphertext;
import io.trigrun.secret.SecretCipher;
import io.trigrun.secret.SecretContext;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.RevisionCache;
import io.trigrun.spi.SecretAccess;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The secrets of all workspaces, as the parts of a TrigRun use them. What it remembers are
 * ciphertexts: a value is decrypted for one request and forgotten with it.
 */
public final class SecretVault implements SecretAccess {

  private static final int MOST_TRIES = 20;

  private final JobStore store;
  private final Ciphers ciphers;
  private final Function<String, WorkspaceLimits> limits;
  private final Supplier<Instant> now;
  private final RevisionCache<UUID, Optional<Ciphertext>> ciphertexts;

  /** What makes a cache of the kind that {@link io.trigrun.spi.Host#cache} gives. */
  @FunctionalInterface
  public interface Caches {
    /** A cache in front of a loader. */
    <K, V> RevisionCache<K, V> of(Function<K, V> loader);
  }

  public SecretVault(
      JobStore store,
      Optional<SecretCipher> cipher,
      Function<String, WorkspaceLimits> limits,
      Supplier<Instant> now,
      Caches caches) {
    this.store = store;
    this.ciphers = new Ciphers(cipher);
    this.limits = limits;
    this.now = now;
    this.ciphertexts = caches.of(this::load);
  }

  JobStore store() {
    return store;
  }

  Ciphers ciphers() {
    return ciphers;
  }

  /** How many a workspace may have, names that are only reserved included. */
  int most(String workspace) {
    return limits.apply(workspace).secrets();
  }

  Instant now() {
    return now.get();
  }

  private Optional<Ciphertext> load(UUID id) {
    return store.findDefinitions(List.of(id)).stream()
        .findFirst()
        .flatMap(definition -> SecretDocument.read(definition).value())
        .map(SecretDocument.Value::ciphertext);
  }

  @Override
  public SecretLookup lookup(String workspace) {
    return name ->
        ciphertext(workspace, name)
            .map(found -> ciphers.decrypt(found, SecretDocument.context(workspace, name)));
  }

  private Optional<Ciphertext> ciphertext(String workspace, String name) {
    try {
      return ciphertexts.get(SecretIds.of(workspace, name));
    } catch (StoreException e) {
      throw SecretUnavailableException.temporary(
          "secret " + name + " could not be read: " + e.getMessage());
    }
  }

  @Override
  public Set<UUID> references(String workspace, Collection<String> names) {
    return SecretIds.of(workspace, names);
  }

  @Override
  public Ciphertext seal(String value, SecretContext context) {
    return ciphers.encrypt(value, context);
  }

  @Override
  public String open(Ciphertext sealed, SecretContext context) {
    return ciphers.decrypt(sealed, context);
  }

  @Override
  public String keyId() {
    return ciphers.required().keyId();
  }

  @Override
  public WriteResult write(String workspace, Collection<String> names, WriteSet writes) {
    if (names.isEmpty()) {
      return store.write(writes);
    }
    Set<UUID> ids = references(workspace, names);
    for (int tries = 1; ; tries++) {
      WriteResult result = store.write(reservations(workspace, names).plus(writes));
      boolean isAboutSecrets =
          result instanceof WriteResult.Refused refused && isAbout(ids, refused.conflict());
      if (!isAboutSecrets || tries == MOST_TRIES) {
        return result;
      }
      refuseExcess(workspace, result);
    }
  }

  /**
   * @throws LimitExceededException if that is why a write about secrets was refused
   */
  void refuseExcess(String workspace, WriteResult result) {
    if (result instanceof WriteResult.Refused refused
        && refused.conflict().reason() == Conflict.Reason.LIMIT_REACHED) {
      throw new LimitExceededException(workspace, "secrets", most(workspace));
    }
  }

  private WriteSet reservations(String workspace, Collection<String> names) {
    Set<UUID> there = new HashSet<>();
    store
        .findDefinitions(SecretIds.of(workspace, names))
        .forEach(definition -> there.add(definition.id()));
    Instant reservedAt = now();
    int most = most(workspace);
    List<DefinitionWrite> saves =
        names.stream()
            .map(name -> SecretDocument.reserved(workspace, name, reservedAt).definition())
            .filter(definition -> !there.contains(definition.id()))
            .sorted(SecretVault::byId) // who writes several does so in the same order
            .<DefinitionWrite>map(definition -> new DefinitionWrite.Save(definition, most))
            .toList();
    return new WriteSet(List.of(), saves, List.of());
  }

  private static int byId(Definition one, Definition other) {
    return one.id().toString().compareTo(other.id().toString());
  }

  /** Whether somebody has saved or deleted one of the secrets at the same time. */
  private static boolean isAbout(Set<UUID> ids, Conflict conflict) {
    return ids.contains(conflict.definitionId())
        || (conflict.reason() == Conflict.Reason.REFERENCE_MISSING
            && !Collections.disjoint(conflict.others(), ids));
  }
}
