package io.trigrun.internal.secret;

import io.trigrun.ConflictException;
import io.trigrun.Cursor;
import io.trigrun.NotFoundException;
import io.trigrun.Page;
import io.trigrun.StaleVersionException;
import io.trigrun.internal.secret.SecretDocument.Value;
import io.trigrun.secret.Ciphertext;
import io.trigrun.secret.Secret;
import io.trigrun.secret.Secrets;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The secrets of a workspace: every change is one write, by compare-and-set. */
public final class StoredSecrets implements Secrets {

  private static final int MOST_TRIES = 20;

  private final JobStore store;
  private final SecretVault vault;
  private final String workspace;

  public StoredSecrets(SecretVault vault, String workspace) {
    this.store = vault.store();
    this.vault = vault;
    this.workspace = workspace;
  }

  /** Whether there may, or must, be a value before. */
  private enum Before {
    NONE,
    SOME,
    EITHER
  }

  @Override
  public Secret create(String name, String value) {
    return write(name, value, Before.NONE, OptionalLong.empty());
  }

  @Override
  public Secret replace(String name, String value) {
    return write(name, value, Before.SOME, OptionalLong.empty());
  }

  @Override
  public Secret replace(String name, long version, String value) {
    return write(name, value, Before.SOME, OptionalLong.of(version));
  }

  @Override
  public Secret save(String name, String value) {
    return write(name, value, Before.EITHER, OptionalLong.empty());
  }

  private Secret write(String name, String value, Before before, OptionalLong version) {
    SecretRules.check(name, value);
    Ciphertext ciphertext = vault.ciphers().encrypt(value, SecretDocument.context(workspace, name));
    for (int tries = 1; tries <= MOST_TRIES; tries++) {
      Optional<SecretDocument> known = document(name);
      Optional<Value> old = known.flatMap(SecretDocument::value);
      if (before == Before.NONE && old.isPresent()) {
        throw new ConflictException("expected a name that no other secret has, got " + name);
      }
      if (before == Before.SOME && old.isEmpty()) {
        throw new NotFoundException("secret", name);
      }
      if (known.isPresent()) {
        requireVersion(known.get(), version);
      }
      Instant now = vault.now();
      Value next = new Value(ciphertext, old.map(Value::createdAt).orElse(now), now);
      SecretDocument document =
          known
              .map(found -> found.with(next))
              .orElseGet(() -> new SecretDocument(workspace, name, 1, now, Optional.of(next)));
      WriteResult result = store.write(WriteSet.save(document.definition(), vault.most(workspace)));
      if (result instanceof WriteResult.Stored) {
        return document.secret().orElseThrow();
      }
      vault.refuseExcess(workspace, result);
    }
    throw busy(name);
  }

  @Override
  public Optional<Secret> find(String name) {
    return document(name).flatMap(SecretDocument::secret);
  }

  private Optional<SecretDocument> document(String name) {
    return store.findDefinitions(List.of(SecretIds.of(workspace, name))).stream()
        .findFirst()
        .map(SecretDocument::read);
  }

  @Override
  public Page<Secret> list(int limit) {
    return list(query(limit), limit);
  }

  @Override
  public Page<Secret> list(int limit, Cursor after) {
    return list(query(limit).after(after), limit);
  }

  private DefinitionQuery query(int limit) {
    return DefinitionQuery.of(workspace, SecretDocument.KIND).limit(limit);
  }

  /** Names that are only reserved are passed over, so that a page is as long as was asked for. */
  private Page<Secret> list(DefinitionQuery first, int limit) {
    List<SecretDocument> found = new ArrayList<>();
    Optional<DefinitionQuery> next = Optional.of(first);
    while (next.isPresent() && found.size() <= limit) {
      DefinitionQuery query = next.get();
      Page<Definition> page = store.listDefinitions(query);
      page.items().stream()
          .map(SecretDocument::read)
          .filter(document -> document.value().isPresent())
          .forEach(found::add);
      next = page.next().map(query::after);
    }
    List<SecretDocument> items = found.subList(0, Math.min(limit, found.size()));
    Optional<Cursor> rest =
        found.size() > limit
            ? Optional.of(new Cursor(items.get(limit - 1).reservedAt(), items.get(limit - 1).id()))
            : Optional.empty();
    return new Page<>(items.stream().flatMap(item -> item.secret().stream()).toList(), rest);
  }

  private static void requireVersion(SecretDocument secret, OptionalLong version) {
    if (version.isPresent() && version.getAsLong() != secret.version()) {
      throw new StaleVersionException(
          "secret " + secret.name(), version.getAsLong(), secret.version());
    }
  }

  @Override
  public void delete(String name) {
    delete(name, OptionalLong.empty());
  }

  @Override
  public void delete(String name, long version) {
    delete(name, OptionalLong.of(version));
  }

  private void delete(String name, OptionalLong version) {
    for (int tries = 1; tries <= MOST_TRIES; tries++) {
      SecretDocument document =
          document(name)
              .filter(found -> found.value().isPresent())
              .orElseThrow(() -> new NotFoundException("secret", name));
      requireVersion(document, version);
      WriteResult result = store.write(SecretWrites.delete(document));
      if (result instanceof WriteResult.Stored) {
        return;
      }
      Conflict conflict = ((WriteResult.Refused) result).conflict();
      if (conflict.reason() == Conflict.Reason.REFERENCED) {
        throw Referrers.conflict(store, name, conflict.others());
      }
    }
    throw busy(name);
  }

  private static ConflictException busy(String name) {
    return new ConflictException(
        "expected secret " + name + " not to be changed by others all the time; try again");
  }
}
