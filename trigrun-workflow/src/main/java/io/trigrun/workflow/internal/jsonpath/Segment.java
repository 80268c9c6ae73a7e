package io.trigrun.workflow.internal.jsonpath;

import java.util.List;

/**
 * What selects from the nodes found so far (RFC 9535 2.5).
 *
 * @param descends whether it selects from all that is below them, too
 */
record Segment(boolean descends, List<Selector> selectors) {

  Segment {
    selectors = List.copyOf(selectors);
  }

  boolean isSingular() {
    return !descends
        && selectors.size() == 1
        && (selectors.get(0) instanceof Selector.Name
            || selectors.get(0) instanceof Selector.Index);
  }
}
