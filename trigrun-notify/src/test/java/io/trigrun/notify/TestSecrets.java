package io.trigrun.notify;

import io.trigrun.http.SecretLookup;
import io.trigrun.secret.Ciphertext;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.secret.SecretContext;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.SecretAccess;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A real cipher in front of a store, and no secrets that have names. */
record TestSecrets(JobStore store) implements SecretAccess {

  static final SecretCipher CIPHER =
      SecretCipher.aesGcm(KeyRing.of("test", "dGVzdC1rZXktb2YtMzItYnl0ZXMtZm9yLXRyaWdydW4="));

  @Override
  public SecretLookup lookup(String workspace) {
    return name -> Optional.empty();
  }

  @Override
  public Ciphertext seal(String value, SecretContext context) {
    return CIPHER.encrypt(value.getBytes(StandardCharsets.UTF_8), context);
  }

  @Override
  public String open(Ciphertext sealed, SecretContext context) {
    return new String(CIPHER.decrypt(sealed, context), StandardCharsets.UTF_8);
  }

  @Override
  public String keyId() {
    return CIPHER.keyId();
  }

  @Override
  public Set<UUID> references(String workspace, Collection<String> names) {
    return Set.of();
  }

  @Override
  public WriteResult write(String workspace, Collection<String> names, WriteSet writes) {
    return store.write(writes);
  }
}
