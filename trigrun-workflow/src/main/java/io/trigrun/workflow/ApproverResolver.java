package io.trigrun.workflow;

import io.trigrun.inbound.InboundRequest;
import java.security.Principal;
import java.util.Optional;

/**
 * Tells who decides, by the host's own login. What it says is recorded as verified; without it, a
 * decision is recorded as made by whoever has the link, with the name they claim. Called on the
 * threads of the server, many at once, for the page and for the decision.
 */
@FunctionalInterface
public interface ApproverResolver {

  /**
   * The name of who is logged in; 200 characters of it are recorded.
   *
   * @return empty if nobody is
   */
  Optional<String> verifiedName(InboundRequest request);

  /** Nobody is ever logged in. The default. */
  static ApproverResolver none() {
    return request -> Optional.empty();
  }

  /**
   * The name of the {@link InboundRequest#principal principal} that the server has authenticated.
   */
  static ApproverResolver principal() {
    return request -> request.principal().map(Principal::getName);
  }
}
