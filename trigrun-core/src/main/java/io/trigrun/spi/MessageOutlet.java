package io.trigrun.spi;

import io.trigrun.Job;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How parts of a TrigRun send messages without knowing who delivers them: the notifications, if the
 * host has added them. It plans writes; whoever asks stores them together with what they tell of,
 * so that no message is lost and none tells of what did not happen.
 */
public interface MessageOutlet {

  /**
   * A run asks people to decide: a message to each channel with a rule for it, and for each of the
   * reviewers one. Asked again with the same id, nobody hears of it twice. Empty if nobody listens.
   */
  WriteSet approvalRequired(ApprovalRequest request);

  /**
   * A message to one channel, whatever rules and filters say; once for each id.
   *
   * @throws io.trigrun.NotFoundException if the workspace has no channel of the name
   */
  WriteSet message(ChannelMessage message);

  /**
   * What somebody is asked.
   *
   * @param id the same whenever it is asked again: 1 to 200 characters
   * @param title in a line
   * @param text what it is about; may be empty
   * @param fields what to decide about, by name, in this order
   * @param reviewUrls where to decide: one, or one for each of those named; to be opened by a
   *     person, and to be given to nobody else. None if it can't be decided by a link
   * @param expiresAt when it is too late
   */
  record ApprovalRequest(
      String id,
      UUID executionId,
      Optional<Job> job,
      String workspace,
      String step,
      String title,
      String text,
      Map<String, String> fields,
      List<Reviewer> reviewUrls,
      Instant at,
      Instant expiresAt) {
    public ApprovalRequest {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields)); // keeps the order
      reviewUrls = List.copyOf(reviewUrls);
    }
  }

  /**
   * Who may decide, and where.
   *
   * @param name empty for whoever has the link
   */
  record Reviewer(Optional<String> name, String url) {

    /** Shows no URL: whoever has it may decide. */
    @Override
    public String toString() {
      return "Reviewer" + name.map(who -> "[" + who + "]").orElse("");
    }
  }

  /**
   * A message of a host's own words.
   *
   * @param id the same whenever it is sent again: 1 to 200 characters
   * @param channel the channel's name
   * @param facts shown beside the text, by name, in this order
   */
  record ChannelMessage(
      String id,
      String workspace,
      UUID executionId,
      Optional<Job> job,
      String channel,
      String title,
      String text,
      Map<String, String> facts,
      Instant at) {
    public ChannelMessage {
      facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
  }
}
