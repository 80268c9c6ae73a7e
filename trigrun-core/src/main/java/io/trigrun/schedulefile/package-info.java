/**
 * Jobs and monitors in a YAML file (row S18): what it may say, and what applying it changes.
 *
 * <p>Reading never fails: all that is wrong is told at once, each with its line and column.
 */
@NullMarked
package io.trigrun.schedulefile;

import org.jspecify.annotations.NullMarked;
