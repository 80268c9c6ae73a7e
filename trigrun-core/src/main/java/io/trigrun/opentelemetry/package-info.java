/**
 * Traces and metrics for OpenTelemetry (row S26). Needs {@code io.opentelemetry:opentelemetry-api},
 * which the host brings; nothing else of TrigRun needs it.
 */
@NullMarked
package io.trigrun.opentelemetry;

import org.jspecify.annotations.NullMarked;
