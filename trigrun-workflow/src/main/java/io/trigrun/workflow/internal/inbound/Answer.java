package io.trigrun.workflow.internal.inbound;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.validation.StorableText;
import io.trigrun.workflow.internal.body.BodyJson;
import io.trigrun.workflow.internal.link.WaitLink;
import io.trigrun.workflow.internal.wait.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody who decides has to say.
 *
 * @param comment why
 * @param decidedBy the name they give
 * @param nonce of the page; for forms
 * @param isForm whether it was a page's form, so that people read the reply
 */
record Answer(Optional<String> comment, Optional<String> decidedBy, String nonce, boolean isForm) {

  static final int LONGEST_COMMENT = 2_000;
  static final int LONGEST_NAME = 100;

  private static final String COMMENT = "comment";
  private static final String DECIDED_BY = "decided_by";
  private static final List<String> KNOWN = List.of(COMMENT, DECIDED_BY);
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Nothing has been said yet. */
  static Answer none() {
    return new Answer(Optional.empty(), Optional.empty(), "", true);
  }

  static boolean isForm(InboundRequest request) {
    return request.mediaType().filter(FORM::equals).isPresent();
  }

  /** Whatever a form says, checked or not: to be shown again. */
  static Answer draft(InboundRequest request) {
    Map<String, List<String>> form = request.form();
    return new Answer(first(form, COMMENT), first(form, DECIDED_BY), "", true);
  }

  static Answer of(InboundRequest request) throws BodyRefusedException {
    return isForm(request) ? ofForm(request.form()) : ofJson(request);
  }

  private static Answer ofForm(Map<String, List<String>> form) throws BodyRefusedException {
    return new Answer(
        comment(first(form, COMMENT)),
        name(first(form, DECIDED_BY)),
        first(form, "nonce").orElse(""),
        true);
  }

  private static Answer ofJson(InboundRequest request) throws BodyRefusedException {
    String type = request.mediaType().orElse("application/json");
    if (!BodyJson.isType(type)) {
      throw BodyRefusedException.wrongType("application/json, or the form of the review page");
    }
    if (request.bodyText().isBlank()) {
      return new Answer(Optional.empty(), Optional.empty(), "", false);
    }
    JsonNode root = ResumeInput.json(request);
    if (!root.isObject() || !KNOWN.containsAll(root.propertyNames())) {
      throw BodyRefusedException.malformed(
          "body: expected an object with comment and decided_by, both optional, and nothing else");
    }
    return new Answer(comment(text(root, COMMENT)), name(text(root, DECIDED_BY)), "", false);
  }

  private static Optional<String> text(JsonNode root, String field) throws BodyRefusedException {
    JsonNode value = root.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw BodyRefusedException.malformed(field + ": expected a string");
    }
    return Optional.of(value.asString());
  }

  private static Optional<String> comment(Optional<String> text) throws BodyRefusedException {
    return checked(COMMENT, text.map(value -> value.replace("\r\n", "\n")), LONGEST_COMMENT);
  }

  private static Optional<String> name(Optional<String> text) throws BodyRefusedException {
    Optional<String> name = checked(DECIDED_BY, text, LONGEST_NAME);
    if (name.filter(value -> value.chars().anyMatch(Character::isISOControl)).isPresent()) {
      throw BodyRefusedException.malformed(DECIDED_BY + ": expected no control characters");
    }
    return name;
  }

  private static Optional<String> checked(String field, Optional<String> text, int longest)
      throws BodyRefusedException {
    Optional<String> stripped = text.map(String::strip).filter(value -> !value.isEmpty());
    if (stripped.isEmpty()) {
      return stripped;
    }
    String value = stripped.get();
    int length = value.codePointCount(0, value.length());
    if (length > longest) {
      throw BodyRefusedException.malformed(
          "%s: expected at most %,d characters, got %,d".formatted(field, longest, length));
    }
    if (!StorableText.isStorable(value)) {
      throw BodyRefusedException.malformed(
          field + ": expected no U+0000 and no unpaired surrogates");
    }
    return stripped;
  }

  private static Optional<String> first(Map<String, List<String>> form, String name) {
    return form.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** As it is handed in. */
  String toJson(Decision decision, WaitLink link, Optional<String> verifiedBy) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("decision", decision.word());
    root.put("approver", link.approver().orElse(null));
    root.put("claimed_by", decidedBy.orElse(null));
    root.put("verified_by", verifiedBy.orElse(null));
    root.put(COMMENT, comment.orElse(null));
    return BodyJson.write(root);
  }
}
