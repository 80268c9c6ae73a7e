/**
 * Host code that runs as a job: handlers, what they are given and how they say how it went (row
 * S20).
 */
@NullMarked
package io.trigrun.handler;

import org.jspecify.annotations.NullMarked;
