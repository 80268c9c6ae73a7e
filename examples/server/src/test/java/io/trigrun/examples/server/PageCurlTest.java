package io.trigrun.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every curl line of our own pages makes what it says. */
class PageCurlTest {

  @TempDir Path data;

  @ParameterizedTest
  @CsvSource({"server, 1", "http, 5"})
  void each_line_of_a_page_works(String page, int lines) throws Exception {
    Guide guide = Guide.page(page);
    assertThat(guide.lines()).hasSize(lines);
    Map<String, String> ids = new HashMap<>();
    try (ServerHere server = ServerHere.start(data)) {
      Api api = new Api(server.url(), ServerHere.TOKEN);
      for (String secret : new String[] {"api", "order-hook"}) {
        String body = "{\"name\": \"%s\", \"value\": \"s3cr3t-s3cr3t\"}".formatted(secret);
        assertThat(api.post("/v1/secrets", body).status()).isEqualTo(201);
      }
      for (Guide.Line line : guide.lines()) {
        String curl =
            line.curl()
                .replaceFirst("https?://[^/]+", server.url())
                .replace("$TRIGRUN_TOKEN", "$TOKEN");
        for (Map.Entry<String, String> id : ids.entrySet()) {
          curl = curl.replace(id.getKey(), id.getValue());
        }
        Api.Reply reply = Curl.run(curl, ServerHere.TOKEN);
        assertThat(reply.status()).as("%s%n%s", curl, reply.body()).isEqualTo(201);
        boolean isJob = curl.contains("/v1/jobs ");
        ids.put(isJob ? "$JOB_ID" : "$CHANNEL_ID", reply.at("/id"));
      }
    }
  }
}
