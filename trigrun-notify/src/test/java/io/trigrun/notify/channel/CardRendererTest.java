package io.trigrun.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trigrun.notify.TestMessages;
import io.trigrun.notify.channel.CardRenderer.Drawn;
import io.trigrun.notify.internal.JsonText;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the renderer tells a broken card and a live one; {@link CardCheck} shows it all of ours. */
class CardRendererTest {

  private static final String RUNS = "{'type':'RichTextBlock','inlines':[%s]}";

  @BeforeAll
  static void say() {
    if (CardRenderer.here().isEmpty()) {
      System.err.println(CardRenderer.MISSING);
    }
  }

  @Test
  void a_card_of_text_runs_and_a_button_is_drawn_as_sent() {
    Drawn drawn =
        drawn(
            RUNS.formatted("{'type':'TextRun','text':'**a** [b](https://c.example) <i>d</i>'}"),
            "{'type':'Action.OpenUrl','title':'Open','url':'https://ops.example.com/'}");
    assertThat(drawn)
        .isEqualTo(
            new Drawn(
                List.of(),
                List.of("**a** [b](https://c.example) <i>d</i>"),
                List.of("Open"),
                List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'TextBlok'} | UnknownElementType: ",
        "{'type':'TextBlock','text':'x','weight':'bold'} | InvalidPropertyValue: ",
        "{'type':'RichTextBlock','inlines':[{'type':'Image'}]} | Error: RichTextBlock.addInline: ",
        "{'type':'RichTextBlock','inlines':[{'type':'TextRun','text':'x','underline':true}]}"
            + " | UnsupportedProperty: ",
        "{'type':'Container','item':[]} | Unknown: /body/0/item"
      })
  void a_broken_card_is_told(String element, String problem) {
    assertThat(drawn(element, "").problems()).anyMatch(told -> told.startsWith(problem));
  }

  @Test
  void a_broken_action_is_told() {
    assertThat(drawn("", "{'type':'Action.Open','title':'x'}").problems())
        .anyMatch(told -> told.startsWith("UnknownActionType: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'TextBlock','text':'plain, but read as Markdown'}",
        "{'type':'Image','url':'https://c.example/d.png'}",
        "{'type':'Container','items':[],'backgroundImage':'https://c.example/d.png'}",
        "{'type':'Container','items':[{'type':'RichTextBlock','inlines':['a']}],"
            + "'selectAction':{'type':'Action.OpenUrl','url':'https://c.example/'}}",
        "{'type':'RichTextBlock','inlines':[{'type':'TextRun','text':'a',"
            + "'selectAction':{'type':'Action.OpenUrl','url':'https://c.example/'}}]}"
      })
  void what_does_or_loads_something_is_told(String element) {
    assertThat(drawn(element, "").live()).isNotEmpty();
  }

  @Test
  void macros_are_expanded() {
    String macro = "{{DATE(2026-03-16T10:00:00Z,SHORT)}}";
    assertThat(drawn(RUNS.formatted("{'type':'TextRun','text':'" + macro + "'}"), "").texts())
        .containsExactly("Mon, Mar 16, 2026");
  }

  @Test
  void a_card_that_shows_other_words_than_were_sent_fails_the_check() {
    assumeTrue(CardRenderer.here().isPresent(), CardRenderer.MISSING);
    TeamsProvider provider = new TeamsProvider();
    TeamsConfig config = provider.config(TeamsChannel.of("ops", "https://x.example/").settings());
    String body = provider.render(config, TestMessages.down()).body();
    CardCheck.check(JsonText.read(body));
    String macro = body.replace("is down", "{{DATE(2026-03-16T10:00:00Z,SHORT)}}");
    assertThatThrownBy(() -> CardCheck.check(JsonText.read(macro)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Mon, Mar 16, 2026");
  }

  private static Drawn drawn(String body, String actions) {
    assumeTrue(CardRenderer.here().isPresent(), CardRenderer.MISSING);
    String card =
        "{'type':'AdaptiveCard','version':'1.2','body':[%s],'actions':[%s]}"
            .formatted(body, actions);
    return CardRenderer.here().orElseThrow().draw(JsonText.read(card.replace('\'', '"')));
  }
}
