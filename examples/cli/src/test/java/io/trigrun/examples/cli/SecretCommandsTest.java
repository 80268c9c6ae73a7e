package io.trigrun.examples.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.verify;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import io.trigrun.examples.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values go in by other ways than arguments, and don't come out. */
@WireMockTest
class SecretCommandsTest {

  private static final String VALUE = "s3cr3t \"quoted\" wörd";
  private static final String VALUE_JSON = "\"s3cr3t \\\"quoted\\\" wörd\"";
  private static final String SECRET =
      "{\"name\": \"api\", \"key_version\": \"k1\", \"created_at\": \"2030-01-01T00:00:00.000Z\"}";

  @Test
  void a_value_comes_by_a_pipe(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse(SECRET, 201)));

    Result result = Shell.at(server).piped(VALUE + "\n").run("secrets", "create", "api");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("Created secret api: secret://api.\n");
    assertCreated(VALUE_JSON);
  }

  @Test
  void one_line_break_at_the_end_is_no_part_of_it(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse(SECRET, 201)));

    Shell.at(server).piped("a\nb\n\r\n").run("secrets", "create", "api");

    assertCreated("\"a\\nb\\n\"");
  }

  @Test
  void or_from_a_file(@TempDir Path folder, WireMockRuntimeInfo server) throws IOException {
    stubFor(any(anyUrl()).willReturn(jsonResponse(SECRET, 200)));
    Path file = Files.writeString(folder.resolve("value"), VALUE);

    Result result =
        Shell.at(server)
            .types("something else")
            .run("secrets", "rotate", "a/b", "--value-file", file.toString());

    assertThat(result.out()).isEqualTo("Secret a/b has another value.\n");
    verify(
        patchRequestedFor(urlEqualTo("/v1/secrets/a%2Fb"))
            .withRequestBody(equalToJson("{\"value\": " + VALUE_JSON + "}")));
  }

  @Test
  void or_from_somebody_who_is_asked(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse(SECRET, 201)));

    Shell.at(server).types(VALUE).run("secrets", "create", "api");

    assertCreated(VALUE_JSON);
  }

  @Test
  void a_server_that_repeats_it_does_not_make_us_print_it(WireMockRuntimeInfo server) {
    String said = "\"got " + VALUE_JSON.substring(1);
    for (int status : new int[] {201, 400}) {
      stubFor(
          any(anyUrl())
              .willReturn(
                  jsonResponse(
                      "{\"name\": %1$s, \"error\": {\"code\": \"c\", \"message\": %1$s, \"details\": [%1$s]}}"
                          .formatted(said),
                      status)));
      for (String json : new String[] {"", " --json"}) {
        Result result = Shell.at(server).piped(VALUE).line("trigrun secrets create api" + json);
        assertThat(result.all()).isNotEmpty().doesNotContain("s3cr3t").doesNotContain("quoted");
      }
    }
  }

  @Test
  void an_argument_is_refused_and_not_repeated(WireMockRuntimeInfo server) {
    for (String command : new String[] {"create", "rotate"}) {
      Result result = Shell.at(server).run("secrets", command, "api", "hunter2hunter2");
      assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(result.all()).contains("a value is never one").doesNotContain("hunter2");
      Result option = Shell.at(server).run("secrets", command, "api", "--value=hunter2hunter2");
      assertThat(option.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(option.all()).doesNotContain("hunter2");
    }
    verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void no_value_and_no_text_are_refused(WireMockRuntimeInfo server) {
    byte[] noUtf8 = {(byte) 0xc3, (byte) 0x28};

    assertThat(Shell.at(server).piped("\n").run("secrets", "create", "api").err())
        .isEqualTo("trigrun: expected a value on standard input or in --value-file, got nothing\n");
    assertThat(Shell.at(server).piped(noUtf8).run("secrets", "create", "api").err())
        .isEqualTo("trigrun: standard input: expected UTF-8\n");
    verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void the_list(WireMockRuntimeInfo server) {
    stubFor(any(anyUrl()).willReturn(jsonResponse("{\"items\": [" + SECRET + "]}", 200)));

    assertThat(Shell.at(server).run("secrets", "list").out())
        .isEqualTo(
            """
            NAME  KEY  CREATED               UPDATED
            api   k1   2030-01-01 00:00:00Z  -
            """);
  }

  private static void assertCreated(String value) {
    verify(
        postRequestedFor(urlEqualTo("/v1/secrets"))
            .withRequestBody(equalToJson("{\"name\": \"api\", \"value\": " + value + "}")));
  }
}
