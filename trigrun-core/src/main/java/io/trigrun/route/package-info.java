/**
 * What the HTTP surface for management is made of (rows H1 and H3): a {@link
 * io.trigrun.route.Route} says once what it takes and answers, by {@link io.trigrun.route.Shape}s;
 * requests are checked by that before it is asked, and the OpenAPI document is printed from it.
 * Parts of TrigRun and extensions contribute routes; {@code io.trigrun.management} serves them.
 */
@NullMarked
package io.trigrun.route;

import org.jspecify.annotations.NullMarked;
