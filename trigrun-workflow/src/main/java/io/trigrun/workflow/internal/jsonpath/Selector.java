package io.trigrun.workflow.internal.jsonpath;

import java.util.OptionalLong;

/** Which children of a node (RFC 9535 2.3). */
sealed interface Selector {

  record Name(String key) implements Selector {}

  record Wildcard() implements Selector {}

  /** Counts from the end if negative. */
  record Index(long position) implements Selector {}

  record Slice(OptionalLong start, OptionalLong end, long step) implements Selector {}

  record Filter(Condition condition) implements Selector {}
}
