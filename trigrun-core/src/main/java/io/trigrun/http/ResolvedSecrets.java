package io.trigrun.http;

import io.trigrun.secret.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A lookup for one request that remembers what it found, so that the answer can be rid of it. Not
 * thread-safe; {@link #toString} shows nothing.
 */
public final class ResolvedSecrets implements SecretLookup {

  private final SecretLookup source;
  private final Map<String, String> found = new LinkedHashMap<>();

  /** Asks this one, once for each name. */
  public ResolvedSecrets(SecretLookup source) {
    this.source = source;
  }

  @Override
  public Optional<String> find(String name) {
    Optional<String> known = Optional.ofNullable(found.get(name));
    if (known.isPresent()) {
      return known;
    }
    Optional<String> value = source.find(name);
    value.ifPresent(text -> found.put(name, text));
    return value;
  }

  /** Takes out every value that was found so far. */
  public Redaction redaction() {
    return Redaction.of(found.values());
  }

  @Override
  public String toString() {
    return "ResolvedSecrets" + found.keySet();
  }
}
