/**
 * What may be called: an {@link io.trigrun.egress.EgressPolicy} says which URLs and addresses, an
 * {@link io.trigrun.egress.EgressRefusedException} says why not. Pure: nothing here resolves a name
 * or opens a connection.
 */
@NullMarked
package io.trigrun.egress;

import org.jspecify.annotations.NullMarked;
