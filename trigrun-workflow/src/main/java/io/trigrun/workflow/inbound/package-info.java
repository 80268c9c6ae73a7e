/** The HTTP surface of workflows: what the outside may call. No rules of its own. */
@NullMarked
package io.trigrun.workflow.inbound;

import org.jspecify.annotations.NullMarked;
