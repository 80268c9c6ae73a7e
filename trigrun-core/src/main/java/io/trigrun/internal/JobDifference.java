package io.trigrun.internal;

import io.trigrun.JobSpec;
import io.trigrun.schedulefile.SchedulePlan.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which fields of a job are different. Values are shown only of fields that can't hold a secret:
 * headers, bodies, arguments and URLs may, whatever they should.
 */
final class JobDifference {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Set<String> SHOWN =
      Set.of(
          "kind",
          "schedule",
          "missed_run_policy",
          "overlap_policy",
          "handler",
          "retry_policy",
          "priority",
          "queue",
          "max_concurrent_executions",
          "rate_limit",
          "labels",
          "on_success",
          "on_error",
          "on_retries_exhausted");
  private static final String IDS = "trigger_job_ids";
  private static final String NONE = "none";

  private JobDifference() {}

  static List<Field> of(JobSpec before, JobSpec after) {
    Map<String, String> old = flat(before);
    Map<String, String> fresh = flat(after);
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(fresh.keySet());
    List<Field> different = new ArrayList<>();
    for (String name : names) {
      String was = old.getOrDefault(name, NONE);
      String is = fresh.getOrDefault(name, NONE);
      if (!was.equals(is)) {
        boolean shown = SHOWN.contains(name.split("\\.", 2)[0]);
        different.add(new Field(name, shown ? was : veiled(was), shown ? is : veiled(is)));
      }
    }
    return different;
  }

  private static String veiled(String value) {
    return value.equals(NONE) ? NONE : "(not shown)";
  }

  private static Map<String, String> flat(JobSpec spec) {
    Map<String, String> fields = new TreeMap<>();
    put("", JobSpecJson.write(MAPPER, spec), fields);
    return fields;
  }

  private static void put(String path, JsonNode node, Map<String, String> fields) {
    if (!node.isObject()) {
      fields.put(path, node.toString());
      return;
    }
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      if (!each.getKey().equals(IDS)) {
        put(path.isEmpty() ? each.getKey() : path + "." + each.getKey(), each.getValue(), fields);
      }
    }
  }
}
