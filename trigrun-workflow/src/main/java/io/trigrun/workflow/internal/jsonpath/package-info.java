/**
 * JSONPath as RFC 9535 has it, and its regular expressions (RFC 9485). Pure; bounded in time,
 * memory and stack, since neither queries nor documents need come from friends.
 */
@NullMarked
package io.trigrun.workflow.internal.jsonpath;

import org.jspecify.annotations.NullMarked;
