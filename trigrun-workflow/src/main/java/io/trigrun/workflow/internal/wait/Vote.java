package io.trigrun.workflow.internal.wait;

import java.time.Instant;
import java.util.Optional;

/**
 * What one person has decided.
 *
 * @param approver whose personal link was used; empty if it was nobody's
 * @param claimedBy the name they gave
 * @param verifiedBy the name the host's login gave
 */
public record Vote(
    Decision decision,
    Optional<String> approver,
    Optional<String> claimedBy,
    Optional<String> verifiedBy,
    Optional<String> comment,
    Instant at) {}
