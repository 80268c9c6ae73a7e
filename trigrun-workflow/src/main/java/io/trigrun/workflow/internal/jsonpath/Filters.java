package io.trigrun.workflow.internal.jsonpath;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Says whether conditions hold for a node. */
final class Filters {

  private final Evaluation evaluation;
  private final Steps steps;
  private final Values values;
  private String knownRegex = "";
  private Optional<Regex> known = Optional.empty();

  Filters(Evaluation evaluation, Steps steps) {
    this.evaluation = evaluation;
    this.steps = steps;
    this.values = new Values(steps);
  }

  boolean holds(Condition condition, JsonNode node) {
    steps.take(1);
    if (condition instanceof Condition.AnyOf any) {
      return any.conditions().stream().anyMatch(one -> holds(one, node));
    }
    if (condition instanceof Condition.AllOf all) {
      return all.conditions().stream().allMatch(one -> holds(one, node));
    }
    if (condition instanceof Condition.Not not) {
      return !holds(not.condition(), node);
    }
    if (condition instanceof Condition.Exists exists) {
      return !evaluation.nodes(exists.query(), node).isEmpty();
    }
    if (condition instanceof Condition.Compare compare) {
      return values.hold(value(compare.left(), node), compare.is(), value(compare.right(), node));
    }
    return matches((Condition.Matches) condition, node);
  }

  private Optional<JsonNode> value(Operand operand, JsonNode node) {
    if (operand instanceof Operand.Literal literal) {
      return Optional.of(literal.value());
    }
    if (operand instanceof Operand.Single single) {
      return evaluation.nodes(single.query(), node).stream().findFirst();
    }
    if (operand instanceof Operand.Count count) {
      return number(evaluation.nodes(count.query(), node).size());
    }
    if (operand instanceof Operand.Value value) {
      List<JsonNode> nodes = evaluation.nodes(value.query(), node);
      return nodes.size() == 1 ? Optional.of(nodes.get(0)) : Optional.empty();
    }
    return value(((Operand.Length) operand).of(), node).flatMap(this::length);
  }

  private Optional<JsonNode> length(JsonNode value) {
    if (value.isString()) {
      String text = value.stringValue();
      steps.take(text.length() / 16);
      return number(text.codePointCount(0, text.length()));
    }
    return value.isContainer() ? number(value.size()) : Optional.empty();
  }

  private static Optional<JsonNode> number(int value) {
    return Optional.of(JsonNodeFactory.instance.numberNode(value));
  }

  /** What is no text, or no regular expression, does not match (RFC 9535 2.4.6). */
  private boolean matches(Condition.Matches condition, JsonNode node) {
    Optional<String> text = text(condition.text(), node);
    Optional<Regex> regex = text(condition.regex(), node).flatMap(this::regex);
    return text.isPresent()
        && regex.isPresent()
        && regex.get().matches(text.get(), condition.isWhole(), steps);
  }

  private Optional<String> text(Operand operand, JsonNode node) {
    return value(operand, node).filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  /** Most often it is the same for each node. */
  private Optional<Regex> regex(String text) {
    if (!text.equals(knownRegex) || known.isEmpty()) {
      steps.take(text.length());
      known = Regex.parse(text);
      knownRegex = text;
    }
    return known;
  }
}
