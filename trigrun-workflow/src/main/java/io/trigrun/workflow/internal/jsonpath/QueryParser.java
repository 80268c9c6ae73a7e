package io.trigrun.workflow.internal.jsonpath;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads a query by the grammar of RFC 9535. */
final class QueryParser {

  private final Source source;
  private final ConditionParser conditions;

  QueryParser(String text) {
    this.source = new Source(text);
    this.conditions = new ConditionParser(this, source);
  }

  Query parse() {
    source.require(source.length() <= Query.MOST_CHARACTERS, Query.MOST_CHARACTERS + " characters");
    source.expect('$');
    Query query = new Query(true, segments());
    source.require(source.isAtEnd(), "a segment such as .name, [0] or ['name']");
    return query;
  }

  /** What follows {@code $} or {@code @}. Blanks after the last segment are left. */
  List<Segment> segments() {
    List<Segment> segments = new ArrayList<>();
    int end = source.at();
    source.skipBlank();
    while (source.isAt('.') || source.isAt('[')) {
      segments.add(segment());
      end = source.at();
      source.skipBlank();
    }
    source.goTo(end);
    return segments;
  }

  private Segment segment() {
    if (source.isAt('[')) {
      return new Segment(false, bracketed());
    }
    source.expect('.');
    boolean descends = source.take('.');
    if (descends && source.isAt('[')) {
      return new Segment(true, bracketed());
    }
    return new Segment(
        descends,
        List.of(
            source.take('*') ? new Selector.Wildcard() : new Selector.Name(source.memberName())));
  }

  private List<Selector> bracketed() {
    source.expect('[');
    List<Selector> selectors = new ArrayList<>();
    do {
      source.skipBlank();
      selectors.add(selector());
      source.skipBlank();
    } while (source.take(','));
    source.expect(']');
    return selectors;
  }

  private Selector selector() {
    if (source.isAt('\'') || source.isAt('"')) {
      return new Selector.Name(source.string());
    }
    if (source.take('*')) {
      return new Selector.Wildcard();
    }
    if (source.take('?')) {
      source.skipBlank();
      return new Selector.Filter(conditions.condition());
    }
    OptionalLong start = source.integer();
    int end = source.at();
    source.skipBlank();
    if (source.take(':')) {
      return slice(start);
    }
    source.goTo(end);
    source.require(start.isPresent(), "a name in quotes, a position, a slice, * or ?");
    return new Selector.Index(start.getAsLong());
  }

  private Selector slice(OptionalLong start) {
    source.skipBlank();
    OptionalLong end = source.integer();
    source.skipBlank();
    OptionalLong step = OptionalLong.empty();
    if (source.take(':')) {
      source.skipBlank();
      step = source.integer();
    }
    return new Selector.Slice(start, end, step.orElse(1));
  }
}
