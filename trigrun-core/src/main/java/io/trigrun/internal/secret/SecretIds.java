package io.trigrun.internal.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.JobSpec;
import io.trigrun.command.CommandAction;
import io.trigrun.http.HttpAction;
import io.trigrun.spi.ExtensionAction;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The ids of secrets, which follow from their names: so a job can refer to one without looking, and
 * before there is one.
 */
public final class SecretIds {

  private SecretIds() {}

  /** The first 128 bits of a SHA-256, as a UUID of version 8 (RFC 9562). */
  static UUID of(String workspace, String name) {
    // No name has a NUL, so no two pairs give the same text.
    ByteBuffer hash =
        ByteBuffer.wrap(
            sha256().digest(("trigrun/secret\0" + workspace + "\0" + name).getBytes(UTF_8)));
    long high = (hash.getLong() & ~0xF000L) | 0x8000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** The ids of these names. */
  public static Set<UUID> of(String workspace, Collection<String> names) {
    return names.stream().map(name -> of(workspace, name)).collect(Collectors.toSet());
  }

  /** The secrets that a job names. */
  public static Set<String> namedBy(JobSpec spec) {
    Set<String> names = new TreeSet<>();
    if (spec.action() instanceof CommandAction command) {
      names.addAll(command.secretNames());
    } else if (spec.action() instanceof HttpAction http) {
      names.addAll(http.secretNames());
    } else if (spec.action() instanceof ExtensionAction action) {
      names.addAll(action.secretNames());
    }
    spec.callbacks().secretName().ifPresent(names::add);
    return names;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
