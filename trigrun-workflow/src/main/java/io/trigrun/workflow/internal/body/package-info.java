/** Bodies of strangers, read within limits. Knows nothing of who sends them. */
@NullMarked
package io.trigrun.workflow.internal.body;

import org.jspecify.annotations.NullMarked;
