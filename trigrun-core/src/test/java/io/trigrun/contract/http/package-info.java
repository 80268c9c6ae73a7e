/**
 * The HTTP surface for management as a client sees it: what modules test their routes with. Every
 * answer is compared with the OpenAPI document.
 */
@NullMarked
package io.trigrun.contract.http;

import org.jspecify.annotations.NullMarked;
