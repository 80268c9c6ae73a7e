package io.trigrun.examples.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.verify;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import io.trigrun.examples.cli.Shell.Result;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists come in pages, and go out whole. */
@WireMockTest
class ListsTest {

  @Test
  void a_table_has_the_items_of_all_pages(WireMockRuntimeInfo server) {
    page("/v1/jobs?limit=100", "job", 0, 100, "a+b/c=");
    page("/v1/jobs?limit=100&cursor=a%2Bb%2Fc%3D", "job", 100, 103, null);

    Result result = Shell.at(server).run("jobs", "list");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines()).hasSize(104);
    assertThat(result.out()).contains("job-0 ").contains("job-102 ");
  }

  @Test
  void json_is_one_array_of_all_pages_with_each_item_as_it_came(WireMockRuntimeInfo server) {
    stubFor(
        get(urlEqualTo("/v1/jobs?limit=100"))
            .willReturn(
                jsonResponse(
                    """
                    {"items": [{"id": "1", "n": 12345678901234567890.1200, "é": "日本"}],
                     "next_cursor": "c"}""",
                    200)));
    page("/v1/jobs?limit=100&cursor=c", "job", 2, 3, null);

    Result result = Shell.at(server).run("jobs", "list", "--json");

    assertThat(result.out())
        .isEqualTo(
            """
            [{"id":"1","n":12345678901234567890.1200,"é":"日本"},
             {"id":"job-2","name":"job"}]
            """);
    assertThat(Shell.at(server).run("--json", "jobs", "list").out()).isEqualTo(result.out());
  }

  @Test
  void an_empty_list_is_an_empty_array_or_no_table(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse("{\"items\": []}", 200)));

    assertThat(Shell.at(server).run("jobs", "list", "--json").out()).isEqualTo("[]\n");
    Result table = Shell.at(server).run("jobs", "list");
    assertThat(table.out()).isEmpty();
    assertThat(table.err()).isEqualTo("None.\n");
  }

  @Test
  void a_limit_is_asked_for_and_kept(WireMockRuntimeInfo server) {
    page("/v1/jobs?limit=3", "job", 0, 3, "more");

    Result result = Shell.at(server).run("jobs", "list", "--limit", "3");

    assertThat(result.out().lines()).hasSize(4);
    assertThat(result.err()).isEmpty();
    verify(1, getRequestedFor(urlPathEqualTo("/v1/jobs")));
  }

  @Test
  void a_table_of_500_says_that_there_is_more(WireMockRuntimeInfo server) {
    page("/v1/jobs?limit=100", "job", 0, 100, "c1");
    for (int i = 1; i < 6; i++) {
      page("/v1/jobs?limit=100&cursor=c" + i, "job", i * 100, i * 100 + 100, "c" + (i + 1));
    }

    Result result = Shell.at(server).run("jobs", "list");

    assertThat(result.out().lines()).hasSize(501);
    assertThat(result.err()).isEqualTo("The first 500; --limit and --json show more.\n");
  }

  @Test
  void a_cursor_that_comes_twice_ends_it(WireMockRuntimeInfo server) {
    stubFor(
        any(anyUrl())
            .willReturn(jsonResponse("{\"items\": [{}], \"next_cursor\": \"again\"}", 200)));

    Result result = Shell.at(server).run("jobs", "list", "--json");

    assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("the same next_cursor twice");
  }

  @Test
  void filters_are_parameters(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse("{\"items\": []}", 200)));

    Shell.at(server).run("executions", "list", "--job", "j 1", "--status", "failed");
    Shell.at(server).run("deliveries", "list", "--execution", "e1");

    verify(
        getRequestedFor(urlPathEqualTo("/v1/executions"))
            .withQueryParam("job_id", equalTo("j 1"))
            .withQueryParam("status", equalTo("failed")));
    verify(getRequestedFor(urlPathEqualTo("/v1/executions/e1/notifications")));
  }

  private static void page(String url, String name, int from, int to, @Nullable String next) {
    String items =
        IntStream.range(from, to)
            .mapToObj(i -> "{\"id\": \"" + name + "-" + i + "\", \"name\": \"" + name + "\"}")
            .collect(Collectors.joining(","));
    String cursor = next == null ? "" : ", \"next_cursor\": \"" + next + "\"";
    stubFor(
        get(urlEqualTo(url))
            .willReturn(jsonResponse("{\"items\": [" + items + "]" + cursor + "}", 200)));
  }
}
