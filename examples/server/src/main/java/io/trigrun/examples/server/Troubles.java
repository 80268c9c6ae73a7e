package io.trigrun.examples.server;

import io.trigrun.spi.StoreException;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What went wrong at the start, in a few words. */
final class Troubles {

  /** What the library calls by another name than this program. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "egress.network", "--allow-network",
          "public_url", "--public-url",
          "smtp_url", "--smtp-url",
          "telegram_api_url", "--telegram-api-url",
          "base_url", "--resend-api-url",
          "api_key", "--resend-api-key",
          "from", "--email-from");

  private Troubles() {}

  static String words(Throwable e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    if (e instanceof ValidationException invalid) {
      return renamed(invalid).stream().map(Problem::message).collect(Collectors.joining("; "));
    }
    if (e instanceof UnknownHostException) {
      return "--host: expected a name or an address of this machine, got " + message;
    }
    if (e instanceof StoreException && e.getCause() != null) {
      return message + ": " + e.getCause().getMessage();
    }
    boolean isExplained =
        e instanceof IllegalArgumentException || e instanceof IllegalStateException;
    return isExplained && !message.isEmpty() ? message : e.toString();
  }

  /** Whether another command line is all it takes. */
  static boolean isAboutOptions(Throwable e) {
    return e instanceof ValidationException invalid
        && renamed(invalid).stream().allMatch(problem -> problem.field().startsWith("--"));
  }

  private static List<Problem> renamed(ValidationException e) {
    return e.problems().stream()
        .map(
            problem ->
                new Problem(
                    OPTIONS.getOrDefault(problem.field(), problem.field()),
                    problem.expected(),
                    problem.got()))
        .toList();
  }
}
