package io.trigrun.workflow;

import io.trigrun.NotFoundException;
import io.trigrun.spi.Extension;
import io.trigrun.spi.Host;
import io.trigrun.spi.MessageOutlet;
import io.trigrun.spi.WriteSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for the notifications: keeps what it is asked to send. It has one channel, ops. */
final class Bulletin implements Extension, MessageOutlet {

  final List<ApprovalRequest> asked = new CopyOnWriteArrayList<>();
  final List<ChannelMessage> told = new CopyOnWriteArrayList<>();

  @Override
  public Contribution join(Host host) {
    return new Contribution(List.of(), List.of()).withMessages(this);
  }

  @Override
  public WriteSet approvalRequired(ApprovalRequest request) {
    asked.add(request);
    return WriteSet.empty();
  }

  @Override
  public WriteSet message(ChannelMessage message) {
    if (!message.channel().equals("ops")) {
      throw new NotFoundException("channel", message.channel());
    }
    told.add(message);
    return WriteSet.empty();
  }
}
