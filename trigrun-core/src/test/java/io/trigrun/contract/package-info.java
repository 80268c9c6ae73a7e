/**
 * The store contract: what every {@code JobStore} must do, one abstract test class per topic. A
 * store is done when its subclasses of these classes are green.
 *
 * <p>Published as the jar of trigrun-core with classifier {@code tests}; uses no other test class.
 */
@NullMarked
package io.trigrun.contract;

import org.jspecify.annotations.NullMarked;
