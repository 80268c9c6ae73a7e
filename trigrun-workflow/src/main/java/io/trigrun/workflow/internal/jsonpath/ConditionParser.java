package io.trigrun.workflow.internal.jsonpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads what follows a question mark (RFC 9535 2.3.5 and 2.4). */
final class ConditionParser {

  /** How deep conditions may be nested: each level takes some stack here and when evaluated. */
  private static final int DEEPEST = 32;

  private final QueryParser queries;
  private final Source source;
  private int depth;

  ConditionParser(QueryParser queries, Source source) {
    this.queries = queries;
    this.source = source;
  }

  Condition condition() {
    source.require(depth < DEEPEST, "at most " + DEEPEST + " levels of conditions");
    depth++;
    Condition condition = joined("||", this::conjunction, Condition.AnyOf::new);
    depth--;
    return condition;
  }

  private Condition conjunction() {
    return joined("&&", this::basic, Condition.AllOf::new);
  }

  private Condition joined(
      String operator, Supplier<Condition> part, Function<List<Condition>, Condition> join) {
    List<Condition> parts = new ArrayList<>();
    do {
      source.skipBlank();
      parts.add(part.get());
      source.skipBlank();
    } while (source.take(operator));
    return parts.size() == 1 ? parts.get(0) : join.apply(List.copyOf(parts));
  }

  private Condition basic() {
    if (source.take('!')) {
      source.skipBlank();
      return new Condition.Not(source.isAt('(') ? inParentheses() : test());
    }
    if (source.isAt('(')) {
      return inParentheses();
    }
    int start = source.at();
    Term left = term();
    source.skipBlank();
    Optional<Condition.Operator> operator = operator();
    if (operator.isEmpty()) {
      return left.asTest(source, start);
    }
    Operand first = left.asOperand(source, start);
    source.skipBlank();
    int second = source.at();
    return new Condition.Compare(first, operator.get(), term().asOperand(source, second));
  }

  private Condition inParentheses() {
    source.expect('(');
    Condition condition = condition();
    source.skipBlank();
    source.expect(')');
    return condition;
  }

  private Condition test() {
    int start = source.at();
    return term().asTest(source, start);
  }

  private Optional<Condition.Operator> operator() {
    for (Condition.Operator operator : Condition.Operator.values()) {
      if (source.take(operator.sign())) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }

  /** A literal, a query or the call of a function. */
  private Term term() {
    if (source.isAt('$') || source.isAt('@')) {
      boolean isAbsolute = source.take('$');
      if (!isAbsolute) {
        source.expect('@');
      }
      return new Term.Nodes(new Query(isAbsolute, queries.segments()));
    }
    Optional<String> function = source.functionName();
    return function.isPresent()
        ? call(function.get())
        : new Term.Valued(new Operand.Literal(source.literal()));
  }

  private Term call(String function) {
    source.require(depth < DEEPEST, "at most " + DEEPEST + " levels of conditions");
    depth++;
    int start = source.at();
    source.expect('(');
    source.skipBlank();
    Term call =
        switch (function) {
          case "length" -> new Term.Valued(new Operand.Length(operand()));
          case "count" -> new Term.Valued(new Operand.Count(nodes()));
          case "value" -> new Term.Valued(new Operand.Value(nodes()));
          case "match", "search" -> matches(function.equals("match"));
          default -> {
            source.goTo(start);
            throw source.wrong("a function: length, count, match, search or value");
          }
        };
    source.skipBlank();
    source.expect(')');
    depth--;
    return call;
  }

  private Term matches(boolean isWhole) {
    Operand text = operand();
    source.skipBlank();
    source.expect(',');
    source.skipBlank();
    return new Term.Logical(new Condition.Matches(text, operand(), isWhole));
  }

  private Operand operand() {
    int start = source.at();
    return term().asOperand(source, start);
  }

  private Query nodes() {
    int start = source.at();
    return term().asNodes(source, start);
  }
}
