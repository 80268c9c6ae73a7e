package io.trigrun.notify.provider;

import io.trigrun.template.TemplateText;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Words of the host's own for the messages of a channel or a rule (row N21), with placeholders:
 *
 * <pre>{@code
 * MessageTemplate.builder()
 *     .title("[prod] {{job.name}}: {{execution.status}}")
 *     .text("{{execution.error_class}} after {{execution.attempt}} attempts")
 *     .build();
 * }</pre>
 *
 * What a placeholder stands for is escaped for its place by whoever renders the message, the same
 * as in the library's own words: nothing that a job prints can break, link or mention anything. One
 * without a value is an empty text, or {@code null} where it is a whole JSON value. The names are
 * in docs/notifications.md.
 *
 * <p>Immutable, equal by its texts.
 */
public final class MessageTemplate {

  private static final String FIELD = "template.";
  private static final int LONGEST_PAYLOAD = 262_144;

  private final Optional<Part<TemplateText<TemplateVariable>>> title;
  private final Optional<Part<TemplateText<TemplateVariable>>> text;
  private final Optional<Part<PayloadTemplate>> payload;

  /** As it was given, and parsed. */
  private record Part<T>(String source, T parsed) {}

  private MessageTemplate(
      Optional<Part<TemplateText<TemplateVariable>>> title,
      Optional<Part<TemplateText<TemplateVariable>>> text,
      Optional<Part<PayloadTemplate>> payload) {
    this.title = title;
    this.text = text;
    this.payload = payload;
  }

  /** Changes nothing. */
  public static MessageTemplate none() {
    return builder().build();
  }

  /** Without any words yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** As given to {@link Builder#title}. */
  public Optional<String> title() {
    return title.map(Part::source);
  }

  /** As given to {@link Builder#text}. */
  public Optional<String> text() {
    return text.map(Part::source);
  }

  /** As given to {@link Builder#payload}. */
  public Optional<String> payload() {
    return payload.map(Part::source);
  }

  /** Whether it changes nothing. */
  public boolean isEmpty() {
    return title.isEmpty() && text.isEmpty() && payload.isEmpty();
  }

  /** This template, and another one's parts where this has none. */
  public MessageTemplate orElse(MessageTemplate other) {
    return new MessageTemplate(
        title.or(() -> other.title), text.or(() -> other.text), payload.or(() -> other.payload));
  }

  /**
   * The message in the words of the title and the text, both of them about the message as it was. A
   * part of which no placeholder has a value was meant for other messages, and is not taken. Never
   * throws, whatever the message holds.
   */
  public Message applyTo(Message message) {
    Notice notice = message.notice();
    Optional<String> line =
        title
            .flatMap(part -> rendered(part, message))
            .map(NoticeWords::line)
            .filter(words -> !words.isBlank());
    Optional<String> lines =
        text.flatMap(part -> rendered(part, message))
            .map(NoticeWords::text)
            .filter(words -> !words.isBlank());
    return new Message(
        message.event(),
        message.at(),
        message.subject(),
        new Notice(
            line.orElse(notice.title()),
            notice.tone(),
            lines.or(notice::text),
            notice.facts(),
            notice.output(),
            notice.link()));
  }

  private static Optional<String> rendered(
      Part<TemplateText<TemplateVariable>> part, Message message) {
    List<String> values = new ArrayList<>();
    String words =
        part.parsed()
            .render(
                variable -> {
                  String value = variable.textValue(message);
                  values.add(value);
                  return value;
                });
    boolean isAboutIt = values.isEmpty() || values.stream().anyMatch(value -> !value.isBlank());
    return isAboutIt ? Optional.of(StorableText.of(words)) : Optional.empty();
  }

  /**
   * The payload for a message, {@code application/json}. Empty if the template has none, or if it
   * would be longer than 262,144 characters. Never throws, whatever the message holds.
   */
  public Optional<Rendering> payloadFor(Message message) {
    return payload
        .map(part -> part.parsed().render(message))
        .filter(json -> json.length() <= LONGEST_PAYLOAD)
        .map(json -> new Rendering("application/json", json));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MessageTemplate template && template.sources().equals(sources());
  }

  @Override
  public int hashCode() {
    return sources().hashCode();
  }

  private List<Optional<String>> sources() {
    return List.of(title(), text(), payload());
  }

  /** Shows no words: they are the host's own business. */
  @Override
  public String toString() {
    return "MessageTemplate[title="
        + title.isPresent()
        + ", text="
        + text.isPresent()
        + ", payload="
        + payload.isPresent()
        + "]";
  }

  /** Builds a {@link MessageTemplate}; everything is checked by {@link #build}. */
  public static final class Builder {

    private static final int LONGEST_TITLE = 1_000;
    private static final int LONGEST_TEXT = 4_096;
    private static final int MOST_VARIABLES = 50;

    private Optional<String> title = Optional.empty();
    private Optional<String> text = Optional.empty();
    private Optional<String> payload = Optional.empty();

    private Builder() {}

    /**
     * The first line of a message: the title of a chat's message, the subject of an e-mail. 1 to
     * 1,000 characters in one line; what comes of it is cut to 250. If no placeholder has a value,
     * the title is as without template. Default: as without template.
     */
    public Builder title(String template) {
      title = Optional.of(template);
      return this;
    }

    /**
     * The lines below the title. 1 to 4,096 characters; what comes of it is cut to 4,096, too. If
     * no placeholder has a value, the text is as without template. Default: as without template.
     */
    public Builder text(String template) {
      text = Optional.of(template);
      return this;
    }

    /**
     * The whole request, of channels that take JSON of any shape only: webhooks. A JSON object or
     * array of at most 16,384 characters and 20 levels, with placeholders in its string values. A
     * string that is one placeholder and nothing else becomes a value of that type: {@code
     * "{{execution.status_code}}"} a number or {@code null}, {@code "{{payload.run}}"} an object.
     * {@code {{title}}} and {@code {{text}}} are those that the other templates lead to. Default:
     * as without template.
     */
    public Builder payload(String template) {
      payload = Optional.of(template);
      return this;
    }

    /**
     * The template.
     *
     * @throws io.trigrun.validation.ValidationException with everything that is wrong, naming
     *     {@code template.title}, {@code template.text} or a place within {@code template.payload},
     *     and each unknown placeholder
     */
    public MessageTemplate build() {
      Problems problems = new Problems();
      MessageTemplate template =
          new MessageTemplate(
              title.map(source -> words("title", source, LONGEST_TITLE, problems)),
              text.map(source -> words("text", source, LONGEST_TEXT, problems)),
              payload.map(
                  source ->
                      new Part<>(
                          source, PayloadTemplate.parse(FIELD + "payload", source, problems))));
      problems.check(
          title.stream().flatMapToInt(String::chars).noneMatch(Character::isISOControl),
          FIELD + "title",
          "one line without control characters",
          "some");
      problems.throwIfAny();
      return template;
    }

    private static Part<TemplateText<TemplateVariable>> words(
        String part, String source, int longest, Problems problems) {
      String field = FIELD + part;
      if (source.isBlank() || source.length() > longest) {
        problems.add(
            field,
            "1 to " + longest + " characters, not only spaces",
            source.length() + " characters");
        return new Part<>(source, new TemplateText<>(List.of()));
      }
      StorableText.problem(source, field).ifPresent(problems::add);
      TemplateText<TemplateVariable> parsed = TemplateVariable.parse(field, source, problems);
      problems.check(
          parsed.variables() <= MOST_VARIABLES,
          field,
          "at most " + MOST_VARIABLES + " placeholders",
          parsed.variables());
      return new Part<>(source, parsed);
    }
  }
}
