package io.trigrun.notify.channel;

import io.trigrun.notify.provider.ApprovalSubject;
import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import java.net.URI;
import java.util.Optional;

/**
 * The text of the older plain formats (row N8): {@code name (exitcode 0):} and the log below it; of
 * other things than executions the title and the text.
 */
final class OlderText {

  private OlderText() {}

  /** What the older formats have no place for and an approval is of no use without. */
  static Optional<URI> link(Message message) {
    return message.subject() instanceof ApprovalSubject approval
        ? approval.reviewUrl()
        : Optional.empty();
  }

  static String of(Message message) {
    if (message.subject() instanceof ExecutionSubject execution) {
      return VisibleText.line(execution.jobName())
          + " (exitcode "
          + OlderStatus.of(execution)
          + "):\n"
          + VisibleText.lines(execution.bodyPreview().orElse(""));
    }
    Notice notice = message.notice();
    String title = VisibleText.line(notice.title());
    return notice.text().map(text -> title + "\n" + VisibleText.lines(text)).orElse(title);
  }
}
