package io.trigrun.workflow.definition;

import io.trigrun.Json;
import io.trigrun.workflow.definition.StepOptions.OnCrash;
import io.trigrun.workflow.definition.StepOptions.OnError;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a {@link Workflow}: fields in a fixed order, those at their default left out. */
final class WorkflowWriter {

  private WorkflowWriter() {}

  static ObjectNode write(Workflow workflow) {
    ObjectNode node = JsonTexts.MAPPER.createObjectNode();
    node.put("kind", workflow.kind());
    node.set("steps", steps(workflow.steps()));
    node.put("max_workflow_duration_seconds", workflow.maxDuration().toSeconds());
    if (!workflow.countWaiting()) {
      node.put("count_waiting", false);
    }
    return node;
  }

  private static ArrayNode steps(List<Step> steps) {
    ArrayNode all = JsonTexts.MAPPER.createArrayNode();
    steps.forEach(step -> all.add(step(step)));
    return all;
  }

  private static ObjectNode step(Step step) {
    ObjectNode node = JsonTexts.MAPPER.createObjectNode();
    node.put("id", step.id());
    node.put("type", step.type());
    step.options().when().ifPresent(when -> node.set("when", condition(when)));
    if (step instanceof HttpStep http) {
      node.set("request", http.request().toJson());
    } else if (step instanceof HandlerStep handler) {
      node.put("handler", handler.handler());
      putUnlessEmpty(node, "input", handler.input());
    } else if (step instanceof WaitStep wait) {
      putOnTimeout(node, wait.onTimeout());
    } else if (step instanceof ApprovalStep approval) {
      approval(node, approval);
    } else if (step instanceof SwitchStep choice) {
      ArrayNode cases = node.putArray("cases");
      choice
          .cases()
          .forEach(
              one -> {
                ObjectNode way = cases.addObject();
                way.set("when", condition(one.when()));
                way.set("steps", steps(one.steps()));
              });
      if (!choice.otherwise().isEmpty()) {
        node.set("otherwise", steps(choice.otherwise()));
      }
    } else if (step instanceof ParallelStep parallel) {
      ArrayNode branches = node.putArray("branches");
      parallel
          .branches()
          .forEach(
              one -> {
                ObjectNode branch = branches.addObject();
                branch.put("name", one.name());
                branch.set("steps", steps(one.steps()));
              });
      putJoin(node, parallel.join(), parallel.maxConcurrent(), ParallelStep.DEFAULT_CONCURRENCY);
    } else if (step instanceof ForEachStep each) {
      node.set("items", tree(each.items()));
      node.set("steps", steps(each.steps()));
      putJoin(node, each.join(), each.maxConcurrent(), ForEachStep.DEFAULT_CONCURRENCY);
    } else if (step instanceof DelayStep delay) {
      if (delay.until() instanceof DelayStep.At at) {
        node.put("until", at.instant());
      } else if (delay.until() instanceof DelayStep.After after) {
        node.put("for_seconds", seconds(after.time()));
      }
    } else if (step instanceof RunJobStep run) {
      node.put("job", run.job());
      putUnlessEmpty(node, "input", run.input());
      if (!run.waits()) {
        node.put("wait", false);
      }
    } else if (step instanceof NotifyStep tell) {
      node.put("channel", tell.channel());
      node.put("title", tell.title());
      putUnlessEmpty(node, "text", tell.text());
    } else if (step instanceof SetStep set) {
      node.set("values", tree(set.values()));
    } else if (step instanceof StopStep stop) {
      node.put("outcome", stop.succeed() ? "succeed" : "fail");
      putUnlessEmpty(node, "message", stop.message());
      putUnlessEmpty(node, "output", stop.output());
    }
    options(node, step.options());
    return node;
  }

  private static void approval(ObjectNode node, ApprovalStep approval) {
    putUnlessEmpty(node, "title", approval.title());
    putUnlessEmpty(node, "message", approval.message());
    if (!approval.reviewFields().isEmpty()) {
      ObjectNode fields = node.putObject("review_fields");
      approval.reviewFields().forEach(fields::put);
    }
    if (!approval.approvers().isEmpty()) {
      approval.approvers().forEach(node.putArray("approvers")::add);
      node.put("required", approval.required());
    }
    if (approval.requireComment()) {
      node.put("require_comment", true);
    }
    if (approval.continueOnReject()) {
      node.put("on_reject", JsonWords.of(OnError.CONTINUE));
    }
    putOnTimeout(node, approval.onTimeout());
  }

  private static void putOnTimeout(ObjectNode node, OnTimeout onTimeout) {
    if (onTimeout instanceof OnTimeout.Continue value) {
      node.putObject("on_timeout").set("continue", tree(value.value()));
    } else if (onTimeout instanceof OnTimeout.Reject) {
      node.put("on_timeout", "reject");
    } else if (onTimeout instanceof OnTimeout.Approve) {
      node.put("on_timeout", "approve");
    }
  }

  private static void putJoin(ObjectNode node, Join join, int most, int byDefault) {
    if (join.count() == 1) {
      node.put("join", "any");
    } else if (join.count() > 1) {
      node.put("join", join.count());
    }
    if (most != byDefault) {
      node.put("max_concurrent", most);
    }
  }

  private static void options(ObjectNode node, StepOptions options) {
    options.timeout().ifPresent(time -> node.put("timeout_seconds", time.toSeconds()));
    if (!options.retry().equals(StepRetry.none())) {
      StepRetry retry = options.retry();
      ObjectNode part = node.putObject("retry");
      part.put("max_attempts", retry.maxAttempts());
      part.put("initial_seconds", seconds(retry.backoff().initial()));
      part.put("multiplier", decimal(retry.backoff().multiplier()));
      part.put("max_seconds", seconds(retry.backoff().max()));
      part.put("jitter", decimal(retry.backoff().jitter()));
    }
    if (options.onError() != OnError.FAIL) {
      node.put("on_error", JsonWords.of(options.onError()));
    }
    if (options.onCrash() != OnCrash.RETRY) {
      node.put("on_crash", JsonWords.of(options.onCrash()));
    }
    extracts(node, "extract", options.extract());
    extracts(node, "extract_to_context", options.extractToContext());
  }

  private static void extracts(ObjectNode node, String name, Map<String, Extract> extracts) {
    if (extracts.isEmpty()) {
      return;
    }
    ObjectNode all = node.putObject(name);
    extracts.forEach(
        (key, extract) -> {
          if (extract.byDefault().isEmpty()) {
            all.put(key, extract.path());
          } else {
            ObjectNode one = all.putObject(key);
            one.put("path", extract.path());
            one.set("default", tree(extract.byDefault().get()));
          }
        });
  }

  private static ObjectNode condition(Condition condition) {
    ObjectNode node = JsonTexts.MAPPER.createObjectNode();
    if (condition instanceof Condition.Compare compare) {
      node.set("left", tree(compare.left()));
      node.put("is", compare.is().jsonName());
      node.set("right", tree(compare.right()));
    } else if (condition instanceof Condition.Exists exists) {
      node.put("exists", exists.reference());
    } else if (condition instanceof Condition.All all) {
      all.conditions().forEach(one -> node.withArray("all").add(condition(one)));
    } else if (condition instanceof Condition.AnyOf any) {
      any.conditions().forEach(one -> node.withArray("any").add(condition(one)));
    } else if (condition instanceof Condition.Not not) {
      node.set("not", condition(not.condition()));
    }
    return node;
  }

  private static void putUnlessEmpty(ObjectNode node, String name, String text) {
    if (!text.isEmpty()) {
      node.put(name, text);
    }
  }

  private static void putUnlessEmpty(ObjectNode node, String name, Json json) {
    if (!json.equals(Json.EMPTY_OBJECT)) {
      node.set(name, tree(json));
    }
  }

  private static BigDecimal seconds(Duration time) {
    return plain(BigDecimal.valueOf(time.toMillis(), 3));
  }

  private static BigDecimal decimal(double value) {
    return plain(BigDecimal.valueOf(value));
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static JsonNode tree(Json json) {
    return JsonTexts.tree("/", json.text());
  }
}
