/**
 * What stands between braces in a workflow, and JSONPath: pure functions of JSON. Knows nothing of
 * definitions, runs or HTTP.
 */
@NullMarked
package io.trigrun.workflow.internal.expression;

import org.jspecify.annotations.NullMarked;
