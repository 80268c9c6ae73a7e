/**
 * What a TrigRun tells its listeners (row S26).
 *
 * <table>
 * <caption>Events</caption>
 * <tr><th>event</th><th>when</th><th>relation to the store</th></tr>
 * <tr><td>{@code AttemptStarted}</td><td>a handler is about to be called</td><td>after the claim</td></tr>
 * <tr><td>{@code AttemptEnded}</td><td>an attempt was recorded; its execution may have ended, too</td><td>after the commit</td></tr>
 * <tr><td>{@code LeaseLost}</td><td>this node may not write about an execution any more</td><td>after it was noticed</td></tr>
 * <tr><td>{@code MonitorDown}</td><td>a monitor missed its ping</td><td>after the commit, on the node that found out</td></tr>
 * <tr><td>{@code MonitorRecovered}</td><td>a ping came after that</td><td>after the commit, on the node that got the ping</td></tr>
 * <tr><td>{@code StoreUnavailable}</td><td>the store stopped working</td><td>once per outage</td></tr>
 * <tr><td>{@code StoreRecovered}</td><td>the store works again</td><td>once per outage</td></tr>
 * </table>
 */
@NullMarked
package io.trigrun.event;

import org.jspecify.annotations.NullMarked;
