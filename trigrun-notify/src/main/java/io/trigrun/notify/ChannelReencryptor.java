package io.trigrun.notify;

import io.trigrun.ConflictException;
import io.trigrun.secret.Ciphertext;
import io.trigrun.secret.Reencryption;
import io.trigrun.secret.SecretContext;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.Host;
import io.trigrun.spi.SecretAccess;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks over the channels of all workspaces and seals anew what is not under the newest key. */
final class ChannelReencryptor {

  private static final int TRIES = 20;

  private final Host host;
  private final List<String> unreadable = new ArrayList<>();
  private int reencrypted;
  private int upToDate;

  /** For one walk. */
  ChannelReencryptor(Host host) {
    this.host = host;
  }

  Reencryption run() {
    for (Definition channel :
        Definitions.all(host.store(), DefinitionQuery.ofAllWorkspaces(ChannelDefinition.KIND))) {
      visit(channel);
    }
    return new Reencryption(reencrypted, upToDate, unreadable);
  }

  private void visit(Definition listed) {
    Optional<Definition> latest = Optional.of(listed);
    for (int i = 0; i < TRIES && latest.isPresent(); i++) {
      if (settle(latest.get())) {
        return;
      }
      latest = Definitions.find(host.store(), listed.id(), ChannelDefinition.KIND);
    }
    if (latest.isPresent()) {
      throw new ConflictException(
          "expected channel "
              + listed.name()
              + " not to be changed by others all the time; try again");
    }
  }

  /** Whether there is nothing left to do about it. */
  private boolean settle(Definition channel) {
    ChannelDocument document = ChannelDocument.read(channel.document());
    SecretAccess secrets = host.secrets();
    Map<String, KeptSecret> fresh = new LinkedHashMap<>(document.secrets());
    int current = 0;
    int renewed = 0;
    List<String> lost = new ArrayList<>();
    for (Map.Entry<String, KeptSecret> each : document.secrets().entrySet()) {
      if (each.getValue() instanceof KeptSecret.Sealed sealed) {
        if (sealed.ciphertext().keyId().equals(secrets.keyId())) {
          current++;
          continue;
        }
        Optional<Ciphertext> again = again(channel, each.getKey(), sealed);
        if (again.isPresent()) {
          fresh.put(each.getKey(), new KeptSecret.Sealed(again.get(), sealed.hint()));
          renewed++;
        } else {
          lost.add(channel.workspace() + "/" + channel.name() + "/" + each.getKey());
        }
      }
    }
    if (renewed > 0) {
      String text = document.with(fresh).write();
      Definition next =
          ChannelDefinition.replaced(
              channel, channel.name(), text, channel.references(), channel.updatedAt());
      if (!(host.store().write(WriteSet.save(next)) instanceof WriteResult.Stored)) {
        return false;
      }
    }
    upToDate += current;
    reencrypted += renewed;
    unreadable.addAll(lost);
    return true;
  }

  private Optional<Ciphertext> again(Definition channel, String field, KeptSecret.Sealed sealed) {
    SecretContext context = ChannelVault.context(channel.workspace(), channel.id(), field);
    try {
      return Optional.of(
          host.secrets().seal(host.secrets().open(sealed.ciphertext(), context), context));
    } catch (SecretUnavailableException e) {
      if (e.isRetryable()) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
