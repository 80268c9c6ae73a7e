package io.trigrun.workflow.internal.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.validation.Problems;
import io.trigrun.workflow.LinkKey;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes tokens and reads them: {@code wt1.<id of the key>.<wait>.<mac>}. They say nothing that
 * needs to be stored and never expire by themselves: the wait does. The mac covers version, key,
 * wait, approver and purpose, 192 bits of it are kept, and it is verified before anything is read
 * of what it covers. Immutable.
 */
public final class LinkKeys {

  private static final String VERSION = "wt1";
  private static final int MAC_BYTES = 24;
  private static final int LONGEST_TOKEN = 4_096;
  private static final Pattern TOKEN =
      Pattern.compile(VERSION + "\\.([A-Za-z0-9_-]{1,16})\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");

  private final LinkKey current;
  private final Map<String, LinkKey> byId = new LinkedHashMap<>();

  /**
   * @param current makes tokens
   * @param older still vouch for those that they have made
   * @throws io.trigrun.validation.ValidationException if two keys have the same id
   */
  public LinkKeys(LinkKey current, List<LinkKey> older) {
    this.current = current;
    byId.put(current.id(), current);
    for (LinkKey key : older) {
      Problems.require(
          byId.put(key.id(), key) == null, "link_keys", "keys with ids of their own", key.id());
    }
  }

  /** The token of a link: letters, digits, full stops, {@code _} and {@code -}. */
  public String token(WaitLink link) {
    String reference = WaitReference.of(link);
    String mac = mac(current, VERSION, reference, link.purpose().signedName());
    return String.join(".", VERSION, current.id(), reference, mac);
  }

  /**
   * What a token is good for.
   *
   * @return empty if it is not a token, or not one for this purpose, or of no key that is known:
   *     nobody learns which
   */
  public Optional<WaitLink> read(String token, Purpose purpose) {
    Matcher parts = TOKEN.matcher(token);
    if (token.length() > LONGEST_TOKEN || !parts.matches()) {
      return Optional.empty();
    }
    LinkKey known = byId.get(parts.group(1));
    LinkKey key = known == null ? current : known; // as much work for a key that nobody knows
    String expected = mac(key, VERSION, parts.group(2), purpose.signedName());
    boolean holds = isEqual(expected, parts.group(3)) && known != null;
    return holds ? Optional.of(WaitReference.read(parts.group(2), purpose)) : Optional.empty();
  }

  /**
   * Vouches for something else about the wait and approver of a link, whatever its purpose: no
   * token is ever the same.
   *
   * @param label what it is, and maybe when
   */
  public String seal(WaitLink link, String label) {
    return mac(current, "seal", WaitReference.of(link), label);
  }

  /** Whether it is what {@link #seal} made with one of the keys. */
  public boolean isSealed(WaitLink link, String label, String seal) {
    String reference = WaitReference.of(link);
    boolean found = false;
    for (LinkKey key : byId.values()) {
      found |= isEqual(mac(key, "seal", reference, label), seal);
    }
    return found;
  }

  private static String mac(LinkKey key, String use, String reference, String purpose) {
    byte[] mac = key.hmac(SignedFields.of(use, key.id(), reference, purpose));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, MAC_BYTES));
  }

  /** In constant time; of the texts, as several texts of base64 mean the same bytes. */
  private static boolean isEqual(String expected, String actual) {
    return MessageDigest.isEqual(expected.getBytes(UTF_8), actual.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "LinkKeys" + byId.keySet();
  }
}
