/**
 * How TrigRun refuses wrong input: what was wrong, what was expected and what came, for every field
 * at once.
 */
@NullMarked
package io.trigrun.validation;

import org.jspecify.annotations.NullMarked;
