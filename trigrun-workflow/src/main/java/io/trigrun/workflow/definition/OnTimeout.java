package io.trigrun.workflow.definition;

import io.trigrun.Json;

/**
 * What becomes of a wait when the time is up. Nothing is ever approved unless an author says so.
 */
public sealed interface OnTimeout {

  /** The step fails with {@code WAIT_EXPIRED}. The default. */
  static OnTimeout fail() {
    return new Fail();
  }

  /** As if somebody had said no; for approvals. */
  static OnTimeout reject() {
    return new Reject();
  }

  /** As if somebody had said yes; for approvals. */
  static OnTimeout approve() {
    return new Approve();
  }

  /** The step succeeds with this output, a JSON text; for {@link WaitStep}. */
  static OnTimeout continueWith(String json) {
    return new Continue(new Json(json));
  }

  /** See {@link #fail()}. */
  record Fail() implements OnTimeout {}

  /** See {@link #reject()}. */
  record Reject() implements OnTimeout {}

  /** See {@link #approve()}. */
  record Approve() implements OnTimeout {}

  /** See {@link #continueWith}. */
  record Continue(Json value) implements OnTimeout {
    public Continue {
      value = JsonTexts.compact("on_timeout", value);
    }
  }
}
