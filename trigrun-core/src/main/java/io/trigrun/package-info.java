/**
 * Durable job scheduling for a Java application: jobs, their executions and the engine that runs
 * them.
 */
@NullMarked
package io.trigrun;

import org.jspecify.annotations.NullMarked;
