/**
 * HTTP jobs without the engine: what to send ({@link io.trigrun.http.HttpAction}), how it becomes a
 * concrete request ({@link io.trigrun.http.RequestTemplate}), how it travels ({@link
 * io.trigrun.http.HttpTransport}) and what the answer means ({@link
 * io.trigrun.http.ResponseJudge}).
 *
 * <p>Only the transport has threads and a clock of its own; everything else is a pure function, so
 * a test needs no server. Feature rows S5 and S7 to S10.
 */
@NullMarked
package io.trigrun.http;

import org.jspecify.annotations.NullMarked;
