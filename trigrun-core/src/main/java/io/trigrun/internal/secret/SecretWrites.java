package io.trigrun.internal.secret;

import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.WriteSet;
import java.util.List;

/** Writes that several need. */
final class SecretWrites {

  private SecretWrites() {}

  static WriteSet delete(SecretDocument document) {
    return new WriteSet(
        List.of(),
        List.of(new DefinitionWrite.Delete(document.id(), document.version())),
        List.of());
  }
}
