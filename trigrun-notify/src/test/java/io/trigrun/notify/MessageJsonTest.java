package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Trigger;
import io.trigrun.TriggerEvent;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.ParentDetail;
import io.trigrun.notify.provider.RunDetail;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class MessageJsonTest {

  private static Message read(ObjectNode json) {
    return MessageJson.read(JsonText.read(JsonText.write(json)));
  }

  private static ParentDetail parent(String name, Optional<ParentDetail> above) {
    return new ParentDetail(
        name,
        Optional.of(TriggerEvent.ON_RETRIES_EXHAUSTED).filter(event -> above.isPresent()),
        above.isEmpty(),
        Optional.of(3).filter(code -> above.isPresent()),
        Optional.of("log").filter(log -> above.isPresent()),
        Trigger.FOLLOW_UP,
        TestMessages.AT,
        above);
  }

  @Test
  void what_is_kept_is_read_again_the_runs_before_included() {
    Message message =
        new Message(
            "execution.failed",
            TestMessages.AT,
            new ExecutionSubject(
                TestMessages.JOB,
                "Nightly sync",
                TestMessages.RUN,
                "failed",
                Optional.of(7),
                Optional.empty(),
                Optional.of("EXIT_CODE_7"),
                Optional.empty(),
                new RunDetail(
                    2,
                    true,
                    Trigger.FOLLOW_UP,
                    TestMessages.AT,
                    Optional.of(7),
                    Optional.of("exit code: expected 0, got 7"),
                    List.of("tidy", "report"),
                    Optional.of(parent("near", Optional.of(parent("root", Optional.empty())))))),
            Notice.of("Nightly sync failed", Notice.Tone.BAD));

    assertThat(read(MessageJson.write(message))).isEqualTo(message);
  }

  @Test
  void what_runs_ask_and_say_is_read_again_in_its_order() {
    for (Message message : List.of(TestMessages.approval(), TestMessages.note())) {
      Message again = read(MessageJson.write(message));
      assertThat(again).isEqualTo(message);
      assertThat(MessageJson.write(again)).hasToString(MessageJson.write(message).toString());
    }
  }

  @Test
  void what_older_nodes_kept_is_read_too() {
    ObjectNode json = MessageJson.write(TestMessages.failed());
    ((ObjectNode) json.required("execution")).remove("triggered");
    assertThat(read(json)).isEqualTo(TestMessages.failed());
  }
}
