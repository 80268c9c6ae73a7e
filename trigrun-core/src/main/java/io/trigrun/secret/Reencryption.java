package io.trigrun.secret;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code TrigRun.reencryptSecrets} did.
 *
 * @param reencrypted how many secrets it encrypted anew
 * @param upToDate how many had the newest key already
 * @param unreadable {@code workspace/name} of those that could not be decrypted: their key is
 *     missing, or they were changed. They are as they were
 */
public record Reencryption(int reencrypted, int upToDate, List<String> unreadable) {

  /** What two walks did together. */
  public Reencryption plus(Reencryption other) {
    List<String> all = new ArrayList<>(unreadable);
    all.addAll(other.unreadable);
    return new Reencryption(reencrypted + other.reencrypted, upToDate + other.upToDate, all);
  }

  public Reencryption {
    unreadable = List.copyOf(unreadable);
  }
}
