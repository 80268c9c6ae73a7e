/**
 * How often strangers may try: bounded in memory, by the host's clock. Not for hosts: exported to
 * modules of TrigRun only.
 */
@NullMarked
package io.trigrun.throttle;

import org.jspecify.annotations.NullMarked;
