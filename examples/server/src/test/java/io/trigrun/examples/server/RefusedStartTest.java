package io.trigrun.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What it says and answers when it can't start: in one line, and without secrets. */
@Timeout(60) // one that starts all the same would run on
class RefusedStartTest {

  @TempDir Path temporary;

  /** What is said, after it was checked for what is never said. */
  private String refused(int exitCode, Map<String, String> environment, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    if (!arguments.contains("--port")) {
      arguments.addAll(List.of("--port", "0"));
    }
    if (!arguments.contains("--data")) {
      arguments.addAll(List.of("--data", temporary.resolve("data").toString()));
    }
    StringWriter err = new StringWriter();
    CommandLine server = TrigrunServer.commandLine(environment).setErr(new PrintWriter(err));
    int answered = server.execute(arguments.toArray(String[]::new));
    assertThat(answered).as(err.toString()).isEqualTo(exitCode);
    assertThat(err.toString()).startsWith("trigrun-server: ").doesNotContain("hidden-1", "\tat ");
    return err.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --prot 1                                   | Unknown options: '--prot'
          --port abc                                 | 'abc' is not an int
          --port 99999                               | --port: expected 0 to 65535, got 99999
          --behind-proxies -1                        | --behind-proxies: expected 0 to 10, got -1
          --max-requests 0                           | --max-requests: expected 1 to 10000, got 0
          --stop-grace -1                            | --stop-grace: expected 0 to 3600, got -1
          --public-host 127.0.0.1                    | --public-port: expected a port beside --public-host
          --public-url nonsense                      | --public-url: expected http:// or https://
          --jdbc-url jdbc:oracle:thin:hidden-1@x     | --jdbc-url: expected a URL that begins with
          --allow-network 10.0.0.0/99                | --allow-network: expected a network such as 10.0.0.0/8
          --telegram-api-url http://127.0.0.1:1/hidden-1 | --telegram-api-url: expected a URL that --allow-network
          --resend-api-url https://mail.example.com  | --resend-api-key: expected a key
          --resend-api-key hidden-1=ö                | --resend-api-key: expected
          --smtp-url ftp://hidden-1                  | --smtp-url: expected smtps://user:password@host
          --email-from jobs@example.com              | --email-from: expected --resend-api-key or --smtp-url
          --smtp-url smtp://localhost --email-from x | --email-from: expected
          """)
  void an_option_that_can_not_be(String options, String words) {
    assertThat(refused(2, Map.of(), options.split(" "))).contains(words);
  }

  @Test
  void a_port_that_is_taken_and_a_host_that_is_nobody() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(refused(1, Map.of(), "--port", port))
          .contains("expected a port and an address that are free", "got 127.0.0.1:" + port);
    }
    assertThat(refused(1, Map.of(), "--host", "nobody.invalid"))
        .contains("--host: expected a name or an address of this machine, got nobody.invalid");
  }

  @Test
  void files_that_can_not_be_read_or_written() throws IOException {
    Path file = Files.writeString(temporary.resolve("a"), "junk");
    assertThat(refused(1, Map.of(), "--data", file.toString()))
        .contains("--data: expected a directory that can be made or written, " + file);
    assertThat(refused(1, Map.of(), "--schedule-file", temporary + "/none.yaml"))
        .contains("--schedule-file: expected a file that can be read", "NoSuchFileException");
    Files.writeString(file, "jobs: [");
    assertThat(refused(1, Map.of(), "--schedule-file", file.toString())).contains("a:\nline 1");
    Path data = Files.createDirectory(temporary.resolve("b"));
    Files.writeString(data.resolve("secret.key"), "hidden-1");
    assertThat(refused(1, Map.of(), "--data", data.toString()))
        .contains("secret.key: keys: expected id:key");
  }

  @Test
  void a_database_that_does_not_answer_and_a_token_that_is_none() {
    assertThat(refused(1, Map.of(), "--jdbc-url", "jdbc:h2:tcp://127.0.0.1:1/x;PASSWORD=hidden-1"))
        .contains("--jdbc-url: expected a database that answers, got ");
    assertThat(refused(1, Map.of("TRIGRUN_TOKEN", "hidden-1 b"), "--stop-grace", "0"))
        .contains("TRIGRUN_TOKEN: expected 8 to 512 letters");
  }
}
