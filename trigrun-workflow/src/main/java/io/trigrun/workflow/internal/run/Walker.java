package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.Step;
import java.util.List;

/** What steps that have steps within hand those to. */
interface Walker {

  /** Walks on as far as it can go. */
  SequenceEnd walk(Sequence sequence, List<Step> list, Loops loops);
}
