/** How often strangers may try: bounded in memory, by the host's clock. Knows nothing of routes. */
@NullMarked
package io.trigrun.workflow.internal.throttle;

import org.jspecify.annotations.NullMarked;
