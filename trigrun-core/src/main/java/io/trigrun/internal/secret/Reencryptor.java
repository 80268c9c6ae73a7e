package io.trigrun.internal.secret;

import io.trigrun.ConflictException;
import io.trigrun.Page;
import io.trigrun.internal.secret.SecretDocument.Value;
import io.trigrun.secret.Ciphertext;
import io.trigrun.secret.Reencryption;
import io.trigrun.secret.SecretContext;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Walks over the secrets of all workspaces and encrypts with the newest key what is not yet. */
public final class Reencryptor {

  private static final int PAGE = 200;
  private static final int MOST_TRIES = 20;

  private final JobStore store;
  private final Ciphers ciphers;
  private final String newestKey;
  private final List<String> unreadable = new ArrayList<>();
  private int reencrypted;
  private int upToDate;

  /**
   * For one walk.
   *
   * @throws IllegalStateException if there is no cipher
   */
  public Reencryptor(SecretVault vault) {
    this.store = vault.store();
    this.ciphers = vault.ciphers();
    this.newestKey = ciphers.required().keyId();
  }

  /** The walk. */
  public Reencryption run() {
    Optional<DefinitionQuery> next =
        Optional.of(DefinitionQuery.ofAllWorkspaces(SecretDocument.KIND).limit(PAGE));
    while (next.isPresent()) {
      DefinitionQuery query = next.get();
      Page<Definition> page = store.listDefinitions(query);
      page.items().forEach(this::visit);
      next = page.next().map(query::after);
    }
    return new Reencryption(reencrypted, upToDate, unreadable);
  }

  private void visit(Definition listed) {
    Optional<SecretDocument> latest = Optional.of(SecretDocument.read(listed));
    for (int tries = 1; latest.isPresent() && tries <= MOST_TRIES; tries++) {
      if (settle(latest.get())) {
        return;
      }
      latest = read(listed.id()); // somebody else has written it meanwhile
    }
    if (latest.isPresent()) {
      throw new ConflictException(
          "expected secret "
              + latest.get().name()
              + " not to be changed by others all the time; try again");
    }
  }

  /** Whether there is nothing left to do about it. */
  private boolean settle(SecretDocument document) {
    if (document.value().isEmpty()) {
      // A name without a value goes if nothing refers to it any more; else the store refuses.
      store.write(SecretWrites.delete(document));
      return true;
    }
    Value value = document.value().get();
    if (value.ciphertext().keyId().equals(newestKey)) {
      upToDate++;
      return true;
    }
    SecretContext context = SecretDocument.context(document.workspace(), document.name());
    Ciphertext fresh;
    try {
      fresh = ciphers.encrypt(ciphers.decrypt(value.ciphertext(), context), context);
    } catch (SecretUnavailableException e) {
      if (e.isRetryable()) {
        throw e;
      }
      unreadable.add(document.workspace() + "/" + document.name());
      return true;
    }
    Value next = new Value(fresh, value.createdAt(), value.updatedAt());
    boolean isStored =
        store.write(WriteSet.save(document.with(next).definition())) instanceof WriteResult.Stored;
    if (isStored) {
      reencrypted++;
    }
    return isStored;
  }

  private Optional<SecretDocument> read(UUID id) {
    return store.findDefinitions(List.of(id)).stream().findFirst().map(SecretDocument::read);
  }
}
