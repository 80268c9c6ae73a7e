package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.ApprovalSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.secret.NoCipherException;
import io.trigrun.secret.SecretContext;
import io.trigrun.spi.SecretAccess;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps what deliveries send that nobody but the receiver should read: the links of approvals let
 * in whoever has them, and nowhere else are they stored. Encrypted by the host's cipher, bound to
 * workspace and channel, so that none can be led elsewhere; without a cipher as it is.
 */
record ContentVault(SecretAccess secrets) {

  private static final String PURPOSE = "notification_delivery";
  private static final int SHORTEST_PART = 16;

  /** As it is stored. */
  DeliveryContent keep(
      String workspace, UUID channelId, Message message, DeliveryContent.Open content) {
    List<String> credentials = credentials(message);
    if (credentials.isEmpty()) {
      return content;
    }
    DeliveryContent.Open open = content.holding(credentials);
    if (!hasCipher()) {
      return open;
    }
    return new DeliveryContent.Sealed(
        secrets.seal(ContentJson.write(open), context(workspace, channelId)));
  }

  /**
   * As it is sent.
   *
   * @throws io.trigrun.secret.SecretUnavailableException if it can't be had, now or ever
   */
  DeliveryContent.Open open(String workspace, UUID channelId, DeliveryContent content) {
    return content instanceof DeliveryContent.Sealed sealed
        ? ContentJson.open(
            JsonText.read(secrets.open(sealed.ciphertext(), context(workspace, channelId))))
        : (DeliveryContent.Open) content;
  }

  private boolean hasCipher() {
    try {
      return !secrets.keyId().isEmpty();
    } catch (NoCipherException e) {
      return false;
    }
  }

  /** The link, and what of it lets in: receivers repeat the one or the other. */
  private static List<String> credentials(Message message) {
    return message.subject() instanceof ApprovalSubject approval
        ? approval.reviewUrl().map(ContentVault::parts).orElse(List.of())
        : List.of();
  }

  private static List<String> parts(URI url) {
    List<String> parts = new ArrayList<>(List.of(url.toString()));
    for (Optional<String> section :
        List.of(
            Optional.ofNullable(url.getRawPath()),
            Optional.ofNullable(url.getRawQuery()),
            Optional.ofNullable(url.getRawFragment()))) {
      for (String part : section.orElse("").split("[/&=]", -1)) {
        if (part.length() >= SHORTEST_PART) {
          parts.add(part);
        }
      }
    }
    return parts;
  }

  private static SecretContext context(String workspace, UUID channelId) {
    return new SecretContext(workspace, channelId.toString(), PURPOSE);
  }
}
