package io.trigrun.internal;

import io.trigrun.RateLimit;
import io.trigrun.validation.Durations;
import io.trigrun.validation.Problems;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code {"limit": 10, "per_seconds": 1}}. */
final class RateLimitJson {

  private static final Set<String> FIELDS = Set.of("limit", "per_seconds");
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(1_000_000_000);

  private RateLimitJson() {}

  static ObjectNode write(JsonMapper mapper, RateLimit rate) {
    ObjectNode node = mapper.createObjectNode();
    node.put("limit", rate.limit());
    node.put("per_seconds", Durations.seconds(rate.per()));
    return node;
  }

  /**
   * Reads what {@link #write} has written, or an older version of it.
   *
   * @throws io.trigrun.validation.ValidationException with all that is wrong with it
   */
  static RateLimit read(JsonNode node) {
    Problems.require(
        node.isObject(),
        "rate_limit",
        "an object such as {\"limit\": 10, \"per_seconds\": 1}",
        node);
    Problems problems = new Problems();
    Set<String> unknown = new TreeSet<>(node.propertyNames());
    unknown.removeAll(FIELDS);
    unknown.forEach(
        name ->
            problems.add(
                "rate_limit." + name,
                "only limit and per_seconds",
                String.valueOf(node.get(name))));
    @Nullable JsonNode limit = node.get("limit");
    problems.check(
        limit != null && limit.isIntegralNumber() && limit.canConvertToInt(),
        "rate_limit.limit",
        "a whole number from 1 to 1,000,000",
        got(limit));
    @Nullable JsonNode per = node.get("per_seconds");
    problems.check(
        per != null && per.isNumber() && per.decimalValue().abs().compareTo(MOST_SECONDS) < 0,
        "rate_limit.per_seconds",
        "a number from 0.1 to 86,400",
        got(per));
    problems.throwIfAny();
    return limit == null || per == null
        ? RateLimit.of(0, Duration.ZERO) // refused
        : RateLimit.of(limit.intValue(), Durations.ofSeconds(per.decimalValue()));
  }

  private static String got(@Nullable JsonNode node) {
    return node == null ? "nothing" : node.toString();
  }
}
