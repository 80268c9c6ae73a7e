package io.trigrun.workflow.internal.run;

import java.util.OptionalInt;

/** Why a step failed. */
record StepFailure(String errorClass, String message, OptionalInt statusCode) {

  static StepFailure of(String errorClass, String message) {
    return new StepFailure(errorClass, message, OptionalInt.empty());
  }
}
