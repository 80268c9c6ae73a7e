package io.trigrun.workflow.internal.run;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.definition.Workflow;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The payload of a run: {@code {"workflow", "trigger"}}. The definition travels with the run, so
 * that it keeps the one that it began with (row W15).
 */
final class RunInput {

  private RunInput() {}

  /**
   * What a run of a workflow is given.
   *
   * @param depth how many runs wait for it, one for another; 0 if none does
   */
  record Read(Plan plan, JsonNode trigger, int depth) {}

  /** The payload of a run that somebody gave an input. */
  static String write(String workflow, JsonNode trigger) {
    return "{\"workflow\":" + workflow + ",\"trigger\":" + Nodes.write(trigger) + "}";
  }

  /** The payload of a run that another one starts. */
  static String write(String workflow, JsonNode trigger, int depth) {
    return "{\"workflow\":%s,\"trigger\":%s,\"depth\":%d}"
        .formatted(workflow, Nodes.write(trigger), depth);
  }

  /** The payload of a run that begins anew what another one was given, by the job as it is now. */
  static String replay(String repeated, String current) {
    JsonNode given = Nodes.read(repeated);
    return given.has("trigger")
        ? write(
            Nodes.read(current).path("workflow").toString(),
            given.path("trigger"),
            given.path("depth").intValue(0))
        : current;
  }

  /** An input that came without headers and query. */
  static ObjectNode trigger(JsonNode body) {
    ObjectNode node = Nodes.object();
    node.set("body", body);
    node.putObject("headers");
    node.putObject("query");
    return node;
  }

  /** Reads payloads; knows the plans of those that it has read lately. */
  static final class Reader {

    /** Characters of definitions, each of which may have a million. */
    private static final int MOST = 8_000_000;

    private static final String BEGIN = "{\"workflow\":";

    private final Cache<String, Plan> plans =
        Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((String key, Plan plan) -> key.length())
            .build();

    /**
     * @throws ValidationException if this version of the library can't read it
     * @throws JacksonException if it is no JSON
     */
    Read read(String payload) {
      Plan whole = plans.getIfPresent(payload);
      if (whole != null) {
        return new Read(whole, trigger(Nodes.nothing()), 0);
      }
      JsonNode tree = Nodes.read(payload);
      boolean isTriggered = tree.has("trigger");
      String text = tree.path("workflow").toString();
      Plan plan = plan(isTriggered ? BEGIN + text + "}" : payload, text);
      return new Read(
          plan,
          isTriggered ? tree.path("trigger") : trigger(Nodes.nothing()),
          tree.path("depth").intValue(0));
    }

    private Plan plan(String key, String text) {
      return plans.get(key, any -> new Plan(Workflow.fromJson(text), text));
    }
  }
}
