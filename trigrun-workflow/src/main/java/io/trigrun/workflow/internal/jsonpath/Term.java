package io.trigrun.workflow.internal.jsonpath;

/** A part of a condition, before it is known what it is used as: has one of three types. */
sealed interface Term {

  record Nodes(Query query) implements Term {}

  record Valued(Operand operand) implements Term {}

  record Logical(Condition condition) implements Term {}

  default Operand asOperand(Source source, int at) {
    if (this instanceof Valued valued) {
      return valued.operand();
    }
    if (this instanceof Nodes nodes && nodes.query().isSingular()) {
      return new Operand.Single(nodes.query());
    }
    source.goTo(at);
    throw source.wrong("a value: a literal, or a query that finds at most one node");
  }

  default Condition asTest(Source source, int at) {
    if (this instanceof Nodes nodes) {
      return new Condition.Exists(nodes.query());
    }
    if (this instanceof Logical logical) {
      return logical.condition();
    }
    source.goTo(at);
    throw source.wrong("a comparison, a query, or match or search");
  }

  default Query asNodes(Source source, int at) {
    if (this instanceof Nodes nodes) {
      return nodes.query();
    }
    source.goTo(at);
    throw source.wrong("a query");
  }
}
