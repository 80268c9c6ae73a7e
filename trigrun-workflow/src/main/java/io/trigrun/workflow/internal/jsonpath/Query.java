package io.trigrun.workflow.internal.jsonpath;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A query, parsed once. Immutable.
 *
 * @param isAbsolute whether it begins at the root ({@code $}), else at the current node ({@code @})
 */
public record Query(boolean isAbsolute, List<Segment> segments) {

  /** The longest query, in characters. */
  public static final int MOST_CHARACTERS = 1_000;

  public Query {
    segments = List.copyOf(segments);
  }

  /**
   * Parses a query that begins with {@code $}.
   *
   * @throws QuerySyntaxException if it is none
   */
  public static Query parse(String text) {
    return new QueryParser(text).parse();
  }

  /** Whether it finds at most one node, whatever the document (RFC 9535 2.3.5.1). */
  public boolean isSingular() {
    return segments.stream().allMatch(Segment::isSingular);
  }

  /**
   * The nodes that it finds, in order; a node may be found more than once.
   *
   * @throws QueryLimitException if that takes too many steps
   */
  public List<JsonNode> find(JsonNode root) {
    return new Evaluation(root).nodes(this, root);
  }
}
