package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Which part of an answer an output name stands for. */
sealed interface ReplySelector {

  /** The part, empty when the answer lacks it. */
  Optional<JsonNode> select(ReplyView reply);

  static ReplySelector parse(String field, String text) {
    if (text.equals("status")) {
      return new Status();
    }
    if (text.equals("body")) {
      return new Body();
    }
    if (text.startsWith("header:")) {
      String name = text.substring("header:".length());
      Problems.require(
          HeaderRules.isToken(name), field, "header: and a header name", Texts.quoted(text));
      return new Header(name);
    }
    Problems.require(
        text.startsWith("/") || text.startsWith("$"),
        field,
        "a JSON field (/order/id or $.order.id), header:<name>, status or body",
        Texts.quoted(text));
    return new Field(FieldPath.parse(field, text));
  }

  record Status() implements ReplySelector {
    @Override
    public Optional<JsonNode> select(ReplyView reply) {
      return Optional.of(JsonNodeFactory.instance.numberNode(reply.status()));
    }
  }

  record Body() implements ReplySelector {
    @Override
    public Optional<JsonNode> select(ReplyView reply) {
      return Optional.of(JsonNodeFactory.instance.stringNode(reply.preview()));
    }
  }

  record Header(String name) implements ReplySelector {
    @Override
    public Optional<JsonNode> select(ReplyView reply) {
      return reply.header(name).map(JsonNodeFactory.instance::stringNode);
    }
  }

  record Field(FieldPath path) implements ReplySelector {
    @Override
    public Optional<JsonNode> select(ReplyView reply) {
      return reply.json().flatMap(path::find);
    }
  }
}
