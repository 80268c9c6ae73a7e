/**
 * The HTTP surface for management (rows H1 to H3): {@link io.trigrun.management.Management} serves
 * the routes of all parts to callers whom an {@link io.trigrun.management.Authorizer} knows.
 */
@NullMarked
package io.trigrun.management;

import org.jspecify.annotations.NullMarked;
