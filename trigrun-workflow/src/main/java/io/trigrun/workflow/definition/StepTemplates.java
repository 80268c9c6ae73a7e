package io.trigrun.workflow.definition;

import io.trigrun.Json;
import io.trigrun.validation.Problems;
import io.trigrun.workflow.internal.expression.JsonPath;
import io.trigrun.workflow.internal.expression.Located;
import io.trigrun.workflow.internal.expression.Reference;
import io.trigrun.workflow.internal.expression.Root;
import io.trigrun.workflow.internal.expression.TemplateString;
import io.trigrun.workflow.internal.expression.TemplateTree;
import io.trigrun.workflow.internal.request.RequestTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The references in a step, those of steps within it aside. What is no template is noted. */
final class StepTemplates {

  private final Problems problems;
  private final List<Located> found = new ArrayList<>();

  private StepTemplates(Problems problems) {
    this.problems = problems;
  }

  static List<Located> of(Step step, String pointer, Problems problems) {
    StepTemplates templates = new StepTemplates(problems);
    templates.options(step.options(), pointer);
    templates.own(step, pointer);
    return templates.found;
  }

  private void options(StepOptions options, String pointer) {
    options.when().ifPresent(when -> condition(when, pointer + "/when"));
    extracts(options.extract(), pointer + "/extract/");
    extracts(options.extractToContext(), pointer + "/extract_to_context/");
  }

  private void extracts(Map<String, Extract> extracts, String pointer) {
    extracts.forEach((name, extract) -> JsonPath.parse(pointer + name, extract.path(), problems));
  }

  private void own(Step step, String pointer) {
    if (step instanceof HttpStep http) {
      request(http.request(), pointer + "/request");
    } else if (step instanceof HandlerStep handler) {
      tree(handler.input(), pointer + "/input");
    } else if (step instanceof ApprovalStep approval) {
      text(approval.title(), pointer + "/title");
      text(approval.message(), pointer + "/message");
      approval
          .reviewFields()
          .forEach((name, value) -> text(value, pointer + "/review_fields/" + name));
    } else if (step instanceof SwitchStep choice) {
      for (int i = 0; i < choice.cases().size(); i++) {
        condition(choice.cases().get(i).when(), pointer + "/cases/" + i + "/when");
      }
    } else if (step instanceof ForEachStep each) {
      tree(each.items(), pointer + "/items");
    } else if (step instanceof DelayStep delay && delay.until() instanceof DelayStep.At at) {
      text(at.instant(), pointer + "/until");
    } else if (step instanceof RunJobStep run) {
      tree(run.input(), pointer + "/input");
    } else if (step instanceof NotifyStep tell) {
      text(tell.title(), pointer + "/title");
      text(tell.text(), pointer + "/text");
    } else if (step instanceof SetStep set) {
      tree(set.values(), pointer + "/values");
    } else if (step instanceof StopStep stop) {
      text(stop.message(), pointer + "/message");
      tree(stop.output(), pointer + "/output");
    }
  }

  private void condition(Condition condition, String pointer) {
    if (condition instanceof Condition.Compare compare) {
      tree(compare.left(), pointer + "/left");
      tree(compare.right(), pointer + "/right");
    } else if (condition instanceof Condition.Exists exists) {
      Reference.parse(pointer + "/exists", exists.reference(), Root.DATA, problems)
          .ifPresent(it -> found.add(new Located(pointer + "/exists", it, true)));
    } else if (condition instanceof Condition.All all) {
      each(all.conditions(), pointer + "/all/");
    } else if (condition instanceof Condition.AnyOf any) {
      each(any.conditions(), pointer + "/any/");
    } else if (condition instanceof Condition.Not not) {
      condition(not.condition(), pointer + "/not");
    }
  }

  private void each(List<Condition> conditions, String pointer) {
    for (int i = 0; i < conditions.size(); i++) {
      condition(conditions.get(i), pointer + i);
    }
  }

  /** It was checked when it was made. */
  private void request(StepRequest request, String pointer) {
    found.addAll(
        RequestTemplates.parse(
                pointer,
                request.url(),
                request.headers(),
                request.body().map(body -> JsonTexts.tree(pointer, body.text())),
                new Problems())
            .references());
  }

  private void tree(Json json, String pointer) {
    found.addAll(
        TemplateTree.parse(pointer, JsonTexts.tree(pointer, json.text()), problems).references());
  }

  private void text(String text, String pointer) {
    found.addAll(TemplateString.parse(pointer, text, problems).references());
  }
}
