package io.trigrun.notify.channel;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Rendering;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A mail as it is stored: the JSON that Resend takes, whichever way mail leaves, so that what is on
 * its way survives a change from one to the other. Holds no secret.
 */
record EmailDocument(String from, String to, String subject, String html, String text) {

  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String SUBJECT = "subject";
  private static final String HTML = "html";
  private static final String TEXT = "text";

  static EmailDocument of(Message message, EmailAddress from, EmailConfig config) {
    EmailLetter letter = EmailLetter.of(message, config.includeOutput());
    return new EmailDocument(
        from.toString(),
        config.email(),
        EmailLetter.subject(message),
        EmailHtml.of(letter),
        EmailPlain.of(letter));
  }

  Rendering rendering() {
    ObjectNode json = JsonText.object().put(FROM, from);
    json.putArray(TO).add(to);
    json.put(SUBJECT, subject).put(HTML, html).put(TEXT, text);
    json.putObject("headers").put("Auto-Submitted", "auto-generated");
    return new Rendering("application/json", JsonText.write(json));
  }

  /** Reads what {@link #rendering} wrote; empty if it is something else. */
  static Optional<EmailDocument> read(Rendering rendering) {
    try {
      JsonNode json = JsonText.read(rendering.body());
      return Optional.of(
          new EmailDocument(
              json.required(FROM).stringValue(),
              json.required(TO).required(0).stringValue(),
              json.required(SUBJECT).stringValue(),
              json.required(HTML).stringValue(),
              json.required(TEXT).stringValue()));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The same mail from and to others. */
  EmailDocument addressed(EmailAddress sender, String recipient) {
    return new EmailDocument(sender.toString(), recipient, subject, html, text);
  }
}
