/**
 * For tests of hosts: a clock that moves by hand and a driver that runs what is due, without
 * threads and without sleeping (row S25).
 */
@NullMarked
package io.trigrun.testing;

import org.jspecify.annotations.NullMarked;
