/**
 * What a TrigRun does on any store, row by row of the feature list: each abstract class is bound to
 * a store by a subclass that opens it. They use the public API only.
 */
@NullMarked
package io.trigrun.contract.feature;

import org.jspecify.annotations.NullMarked;
