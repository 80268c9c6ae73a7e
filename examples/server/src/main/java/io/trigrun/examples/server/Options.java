package io.trigrun.examples.server;

import io.trigrun.validation.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the command line says, or the environment where {@code ps} should not show it. */
final class Options {

  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Listens at this address (${DEFAULT-VALUE}); 0.0.0.0 is all of them.")
  String host = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Listens at this port (${DEFAULT-VALUE}); 0 takes a free one.")
  int port;

  @Option(
      names = "--public-port",
      paramLabel = "PORT",
      description =
          "A port of its own for what the world calls: triggers, resume, approvals, pings."
              + " Then --port has the management alone.")
  Optional<Integer> publicPort = Optional.empty();

  @Option(
      names = "--public-host",
      paramLabel = "ADDRESS",
      description = "The address of --public-port (that of --host).")
  Optional<String> publicHost = Optional.empty();

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = "Where the world finds the server, without /v1, for URLs in answers.")
  Optional<String> publicUrl = Optional.empty();

  @Option(
      names = "--behind-proxies",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many proxies of yours each request passes: X-Forwarded-For counts then.")
  int proxies;

  @Option(
      names = "--data",
      paramLabel = "DIRECTORY",
      defaultValue = "trigrun-data",
      description = "Where the database and the keys are (./${DEFAULT-VALUE}).")
  Path data = Path.of("");

  @Option(
      names = "--jdbc-url",
      paramLabel = "URL",
      defaultValue = "${env:TRIGRUN_JDBC_URL}",
      description =
          "A PostgreSQL or MariaDB database in place of the file in --data, user and password"
              + " included; or TRIGRUN_JDBC_URL.")
  Optional<String> jdbcUrl = Optional.empty();

  @Option(
      names = "--schedule-file",
      paramLabel = "FILE",
      description = "Makes the jobs, monitors, channels and rules so, at each start.")
  Optional<Path> scheduleFile = Optional.empty();

  @Option(
      names = "--allow-network",
      paramLabel = "CIDR",
      split = ",",
      description =
          "Jobs and channels may call these addresses, too: 127.0.0.0/8 for example. Otherwise"
              + " https to the internet and nothing else. May be repeated.")
  List<String> networks = new ArrayList<>();

  @Option(
      names = "--allow-commands",
      description = "Jobs may run programs, with the rights of the server.")
  boolean commands;

  @Option(
      names = "--telegram-api-url",
      paramLabel = "URL",
      description = "Another server of Telegram's Bot API.")
  Optional<String> telegramApiUrl = Optional.empty();

  @Option(
      names = "--resend-api-key",
      paramLabel = "KEY",
      defaultValue = "${env:TRIGRUN_RESEND_API_KEY}",
      description = "Mail leaves by Resend; or TRIGRUN_RESEND_API_KEY.")
  Optional<String> resendApiKey = Optional.empty();

  @Option(
      names = "--resend-api-url",
      paramLabel = "URL",
      description = "Another server of Resend's API.")
  Optional<String> resendApiUrl = Optional.empty();

  @Option(
      names = "--smtp-url",
      paramLabel = "URL",
      defaultValue = "${env:TRIGRUN_SMTP_URL}",
      description = "Mail leaves by SMTP: smtps://user:password@host; or TRIGRUN_SMTP_URL.")
  Optional<String> smtpUrl = Optional.empty();

  @Option(
      names = "--email-from",
      paramLabel = "ADDRESS",
      description = "The sender of mail, of a domain that may send it.")
  Optional<String> emailFrom = Optional.empty();

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      defaultValue = "128",
      description =
          "Requests at once (${DEFAULT-VALUE}); more wait for a second and are told 503 then.")
  int requests;

  @Option(
      names = "--stop-grace",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description =
          "How long SIGTERM waits for what runs, before it hands it back (${DEFAULT-VALUE}).")
  int graceSeconds;

  /** All that can be said before anything is opened. */
  void check() {
    Problems problems = new Problems();
    range(problems, "--port", port, 0, HIGHEST_PORT);
    publicPort.ifPresent(number -> range(problems, "--public-port", number, 0, HIGHEST_PORT));
    range(problems, "--behind-proxies", proxies, 0, 10);
    range(problems, "--max-requests", requests, 1, 10_000);
    range(problems, "--stop-grace", graceSeconds, 0, 3_600);
    problems.check(
        publicHost.isEmpty() || publicPort.isPresent(),
        "--public-port",
        "a port beside --public-host",
        "none");
    problems.check(
        resendApiUrl.isEmpty() || resendApiKey.isPresent(),
        "--resend-api-key",
        "a key beside --resend-api-url",
        "none");
    problems.check(
        emailFrom.isEmpty() || resendApiKey.isPresent() || smtpUrl.isPresent(),
        "--email-from",
        "--resend-api-key or --smtp-url beside it",
        "neither");
    problems.throwIfAny();
  }

  private static void range(Problems problems, String option, int got, int least, int most) {
    problems.check(got >= least && got <= most, option, least + " to " + most, got);
  }

  Duration grace() {
    return Duration.ofSeconds(graceSeconds);
  }

  /** Where public routes are. */
  String openHost() {
    return publicPort.isPresent() ? publicHost.orElse(host) : host;
  }
}
