/**
 * Metrics for Micrometer (row S26). Needs {@code io.micrometer:micrometer-core} 1.12 or newer,
 * which the host brings; nothing else of TrigRun needs it.
 */
@NullMarked
package io.trigrun.micrometer;

import org.jspecify.annotations.NullMarked;
