/** What the endpoints need of a waiting run. */
@NullMarked
package io.trigrun.workflow.internal.wait;

import org.jspecify.annotations.NullMarked;
