package io.trigrun.notify;

import io.trigrun.Labels;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.Host;
import io.trigrun.spi.JobStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Finds who hears of something: by the rules of a job or monitor, of its labels and of the
 * workspace, and by the filters.
 */
final class Routing {

  private static final Comparator<RuleDocument> CLOSEST_FIRST =
      Comparator.comparing(rule -> rule.scope() instanceof RuleScope.WholeWorkspace);

  private final Function<UUID, List<RuleDocument>> owned;
  private final Function<String, List<RuleDocument>> common;
  private final Function<String, EventFilter> filters;

  private Routing(
      Function<UUID, List<RuleDocument>> owned,
      Function<String, List<RuleDocument>> common,
      Function<String, EventFilter> filters) {
    this.owned = owned;
    this.common = common;
    this.filters = filters;
  }

  /** As of the latest claim, from caches: for what runs bring about. */
  static Routing cached(Host host) {
    Routing fresh = fresh(host.store());
    return new Routing(
        host.cache(fresh.owned)::get,
        host.cache(fresh.common)::get,
        host.cache(fresh.filters)::get);
  }

  /** As of this moment, from the store. */
  static Routing fresh(JobStore store) {
    return new Routing(
        owner -> rules(store, RuleDocument.ownedBy(owner)),
        workspace -> rules(store, RuleDocument.common(workspace)),
        workspace -> FilterDocument.load(store, workspace));
  }

  private static List<RuleDocument> rules(JobStore store, DefinitionQuery query) {
    return Definitions.all(store, query).stream()
        .map(RuleDocument::read)
        .sorted(CLOSEST_FIRST)
        .toList();
  }

  /**
   * Who may hear of what happens to a job or monitor, or to none.
   *
   * @param owner the job or monitor that it is about
   */
  Audience audience(String workspace, Optional<UUID> owner, Labels labels) {
    return new Audience(rules(workspace, owner, labels), () -> filters.apply(workspace));
  }

  private List<RuleDocument> rules(String workspace, Optional<UUID> owner, Labels labels) {
    List<RuleDocument> own = owner.isPresent() ? owned.apply(owner.get()) : List.of();
    List<RuleDocument> ofMany = common.apply(workspace);
    if (ofMany.isEmpty()) {
      return own;
    }
    List<RuleDocument> rules = new ArrayList<>(own);
    for (RuleDocument rule : ofMany) {
      if (rule.scope().covers(labels)) {
        rules.add(rule);
      }
    }
    return rules;
  }
}
