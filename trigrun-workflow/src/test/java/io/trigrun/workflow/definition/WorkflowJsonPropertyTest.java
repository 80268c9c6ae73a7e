package io.trigrun.workflow.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.workflow.model.RandomWorkflows;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WorkflowJsonPropertyTest {

  @Provide
  Arbitrary<Workflow> workflows() {
    return RandomWorkflows.any();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void any_workflow_is_the_same_in_java_and_in_json(@ForAll("workflows") Workflow workflow) {
    String json = workflow.toJson();

    Workflow again = Workflow.fromJson(json);

    assertThat(again).isEqualTo(workflow);
    assertThat(again.toJson()).isEqualTo(json);
  }
}
