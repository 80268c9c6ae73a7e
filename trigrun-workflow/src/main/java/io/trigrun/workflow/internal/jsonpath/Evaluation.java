package io.trigrun.workflow.internal.jsonpath;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Applies a query to one document. Without recursion into the document: only filters within filters
 * go deeper, and the parser bounds those.
 */
final class Evaluation {

  private final JsonNode root;
  private final Steps steps = new Steps();
  private final Filters filters = new Filters(this, steps);

  Evaluation(JsonNode root) {
    this.root = root;
  }

  List<JsonNode> nodes(Query query, JsonNode current) {
    List<JsonNode> nodes = List.of(query.isAbsolute() ? root : current);
    for (Segment segment : query.segments()) {
      List<JsonNode> found = new ArrayList<>();
      for (JsonNode node : nodes) {
        if (segment.descends()) {
          descend(node, segment, found);
        } else {
          select(node, segment, found);
        }
      }
      nodes = found;
    }
    return nodes;
  }

  private void select(JsonNode node, Segment segment, List<JsonNode> found) {
    for (Selector selector : segment.selectors()) {
      steps.take(1);
      select(node, selector, found);
    }
  }

  /** Each node before what is below it, siblings in order. */
  private void descend(JsonNode node, Segment segment, List<JsonNode> found) {
    Deque<JsonNode> waiting = new ArrayDeque<>();
    waiting.push(node);
    while (!waiting.isEmpty()) {
      JsonNode next = waiting.pop();
      select(next, segment, found);
      List<JsonNode> children = children(next);
      for (int i = children.size() - 1; i >= 0; i--) {
        waiting.push(children.get(i));
      }
    }
  }

  private List<JsonNode> children(JsonNode node) {
    if (!node.isContainer()) {
      return List.of();
    }
    steps.take(node.size());
    return new ArrayList<>(node.values());
  }

  private void select(JsonNode node, Selector selector, List<JsonNode> found) {
    if (selector instanceof Selector.Name name) {
      if (node.isObject()) {
        node.optional(name.key()).ifPresent(found::add);
      }
    } else if (selector instanceof Selector.Index index) {
      if (node.isArray()) {
        long position = index.position() < 0 ? node.size() + index.position() : index.position();
        if (position >= 0 && position < node.size()) {
          found.add(node.get((int) position));
        }
      }
    } else if (selector instanceof Selector.Slice slice) {
      if (node.isArray()) {
        slice(node, slice, found);
      }
    } else if (selector instanceof Selector.Filter filter) {
      for (JsonNode child : children(node)) {
        if (filters.holds(filter.condition(), child)) {
          found.add(child);
        }
      }
    } else {
      found.addAll(children(node));
    }
  }

  /** RFC 9535 2.3.4.2. */
  private void slice(JsonNode array, Selector.Slice slice, List<JsonNode> found) {
    long size = array.size();
    long step = slice.step();
    if (step > 0) {
      long end = Math.min(Math.max(fromEnd(slice.end().orElse(size), size), 0), size);
      long start = Math.min(Math.max(fromEnd(slice.start().orElse(0), size), 0), size);
      for (long i = start; i < end; i += step) {
        steps.take(1);
        found.add(array.get((int) i));
      }
    } else if (step < 0) {
      long start = Math.min(Math.max(fromEnd(slice.start().orElse(size - 1), size), -1), size - 1);
      long end = slice.end().isEmpty() ? -1 : fromEnd(slice.end().getAsLong(), size);
      for (long i = start; i > Math.max(end, -1); i += step) {
        steps.take(1);
        found.add(array.get((int) i));
      }
    }
  }

  private static long fromEnd(long position, long size) {
    return position < 0 ? size + position : position;
  }
}
