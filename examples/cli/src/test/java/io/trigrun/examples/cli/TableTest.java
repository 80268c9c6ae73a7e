package io.trigrun.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import io.trigrun.examples.cli.Shell.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tables stay in their columns, whatever the texts in them try. */
@WireMockTest
class TableTest {

  private static final List<Column> COLUMNS =
      List.of(Column.id("ID", "id"), Column.of("NAME", "name"), Column.of("STATE", "state"));

  @Test
  void a_table_fits_the_terminal_and_ids_stay_whole() {
    List<JsonNode> rows = rows("a".repeat(36), "b".repeat(60), "active");

    List<String> lines = new Table(COLUMNS, rows).lines(new Screen(true, 70, false));

    assertThat(lines).allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(70));
    assertThat(lines.get(1)).startsWith("a".repeat(36) + "  bbb").contains("b…  active");
  }

  @Test
  void texts_give_way_before_instants() {
    List<Column> columns = List.of(Column.of("NAME", "name"), Column.instant("AT", "at"));
    List<JsonNode> rows =
        List.of(Json.object().put("name", "a".repeat(12)).put("at", "2030-01-01T02:00:00.000Z"));

    assertThat(new Table(columns, rows).lines(new Screen(true, 30, false)).get(1))
        .isEqualTo("aaaaaaa…  2030-01-01 02:00:00Z");
    assertThat(new Table(columns, rows).lines(new Screen(true, 28, false)).get(1))
        .isEqualTo("aaaaaaa…  2030-01-01 02:00:…");
  }

  @Test
  void nothing_is_cut_where_a_program_reads_it() {
    List<JsonNode> rows = rows("1", "b".repeat(300), "active");

    assertThat(new Table(COLUMNS, rows).lines(Screen.PLAIN).get(1)).contains("b".repeat(300));
  }

  @Test
  void a_terminal_too_narrow_for_the_ids_shows_them_all_the_same() {
    List<String> lines =
        new Table(COLUMNS, rows("a".repeat(36), "name", "active"))
            .lines(new Screen(true, 20, false));

    assertThat(lines.get(1)).isEqualTo("a".repeat(36) + "  name  active");
  }

  @Test
  void wide_and_combining_characters_keep_the_columns_straight() {
    List<JsonNode> rows =
        List.of(row("1", "日本語", "up"), row("2", "e\u0301te\u0301", "up"), row("3", "🚀", "up"));

    List<String> lines = new Table(COLUMNS, rows).lines(Screen.PLAIN);

    assertThat(lines)
        .containsExactly(
            "ID  NAME    STATE", "1   日本語  up", "2   e\u0301te\u0301     up", "3   🚀      up");
    assertThat(Cells.cut("日本語", 4)).isEqualTo("日…");
  }

  @Test
  void colours_come_from_us_alone() {
    List<String> lines =
        new Table(COLUMNS, rows("1", "\u001b[31mred", "failed")).lines(new Screen(true, 80, true));

    assertThat(lines)
        .containsExactly(
            "\u001b[1mID  NAME     STATE\u001b[0m", "1   [31mred  \u001b[31mfailed\u001b[0m");
  }

  @Test
  void texts_from_elsewhere_move_no_cursor(WireMockRuntimeInfo server) {
    String evil =
        "a\\u001b[2J\\u001b]0;t\\u0007\\rb\\nc\\td\\u0000\\u0008\\u007f\u009b31m\u202egpj\u2028x\\ud800y";
    String body =
        """
        {"id": "T", "name": "T", "T": "T", "status": "succeeded", "error_class": "T", "ok": true,
         "provider": "T", "attempts": [{"T": "T"}], "items": [{"id": "T", "name": "T"}],
         "error": {"code": "T", "message": "T", "details": [{"T": "T"}, "T", {"field": "T", "message": "T"}]}}"""
            .replace("T", evil);
    for (int status : new int[] {200, 400}) {
      WireMock.stubFor(
          WireMock.any(WireMock.anyUrl()).willReturn(WireMock.jsonResponse(body, status)));
      for (String line :
          new String[] {
            "jobs list", "jobs get 1", "jobs pause 1", "channels test 1", "executions watch 1"
          }) {
        for (String json : new String[] {"", " --json"}) {
          Result result = Shell.at(server).line("trigrun " + line + json);
          assertThat(result.all()).isNotEmpty();
          assertThat(result.all().codePoints())
              .as("%s %s", line, status)
              .noneMatch(each -> each != '\n' && Cells.isUnseen(each));
        }
      }
    }
  }

  @Test
  void json_says_the_same_with_what_a_terminal_would_obey_as_escapes() {
    String json = "{\"a\": \"x\u009b31m\u202e\u007fé日🚀\"}\n";

    String printable = Json.printable(json);

    assertThat(printable).isEqualTo("{\"a\": \"x\\u009b31m\\u202e\\u007fé日🚀\"}\n");
    assertThat(Json.read(printable)).isEqualTo(Json.read(json));
  }

  private static List<JsonNode> rows(String id, String name, String state) {
    return List.of(row(id, name, state));
  }

  private static JsonNode row(String id, String name, String state) {
    return Json.object().put("id", id).put("name", name).put("state", state);
  }
}
