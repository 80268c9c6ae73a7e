package io.trigrun.notify;

import io.trigrun.Job;
import io.trigrun.Labels;
import io.trigrun.NotFoundException;
import io.trigrun.spi.Definition;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.MessageOutlet;
import io.trigrun.spi.WriteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Plans the deliveries of what runs ask and say (rows W6, W11), for other parts of the TrigRun. */
record RunOutlet(JobStore store, Fanout fanout) implements MessageOutlet {

  /**
   * Each reviewer has a link that counts as him, so each gets a message of his own: by one that
   * names all of them everybody could decide for everybody.
   */
  @Override
  public WriteSet approvalRequired(ApprovalRequest request) {
    List<Optional<Reviewer>> reviewers = new ArrayList<>();
    request.reviewUrls().forEach(reviewer -> reviewers.add(Optional.of(reviewer)));
    if (reviewers.isEmpty()) {
      reviewers.add(Optional.empty());
    }
    WriteSet deliveries = WriteSet.empty();
    for (int i = 0; i < reviewers.size(); i++) {
      Optional<Reviewer> reviewer = reviewers.get(i);
      deliveries =
          deliveries.plus(
              fanout.of(
                  new Occurrence(
                      request.workspace(),
                      "approval/" + ShortKey.of(request.id()) + "/" + i,
                      Optional.empty(),
                      request.job().map(Job::id),
                      labels(request.job()),
                      subject(request.job(), request.executionId()),
                      request.at(),
                      List.of(NotificationEvent.ON_APPROVAL_REQUIRED),
                      event -> ApprovalMessages.of(request, reviewer))));
    }
    return deliveries;
  }

  @Override
  public WriteSet message(ChannelMessage message) {
    String workspace = message.workspace();
    Hearing hearing = new Hearing(NotificationEvent.MESSAGE, Optional.empty());
    Occurrence said =
        new Occurrence(
            workspace,
            "message/" + ShortKey.of(message.id()),
            Optional.empty(),
            message.job().map(Job::id),
            labels(message.job()),
            subject(message.job(), message.executionId()),
            message.at(),
            List.of(hearing.event()),
            event -> NoteMessages.of(message));
    return WriteSet.enqueue(
        store
            .findDefinitionByName(workspace, ChannelDefinition.KIND, message.channel())
            .map(Definition::id)
            .flatMap(channelId -> fanout.to(channelId, said, hearing))
            .map(List::of)
            .orElseThrow(() -> new NotFoundException("channel", message.channel())));
  }

  private static Labels labels(Optional<Job> job) {
    return job.map(known -> known.spec().labels()).orElseGet(Labels::none);
  }

  private static DeliverySubject subject(Optional<Job> job, UUID executionId) {
    return new DeliverySubject(job.map(Job::id), Optional.of(executionId), Optional.empty());
  }
}
