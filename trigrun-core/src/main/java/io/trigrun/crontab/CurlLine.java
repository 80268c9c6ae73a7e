package io.trigrun.crontab;

import io.trigrun.RetryPolicy;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpMethod;
import io.trigrun.validation.ValidationException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A line that calls {@code curl}, as the HTTP job that does the same; empty if there is anything in
 * it that such a job can't do, or that means more than it seems.
 *
 * @param retry as its {@code --retry} says
 */
record CurlLine(HttpAction action, RetryPolicy retry) {

  private static final Set<String> SHELLS = Set.of("sh", "ash", "bash", "dash", "ksh", "zsh");

  /** Variables that change what curl does. */
  private static final Set<String> VARIABLES =
      Set.of(
          "http_proxy",
          "https_proxy",
          "all_proxy",
          "no_proxy",
          "curl_home",
          "curl_ca_bundle",
          "ssl_cert_dir",
          "ssl_cert_file");

  /** As curl's -f sees it. */
  private static final int[] SUCCESS = java.util.stream.IntStream.rangeClosed(200, 399).toArray();

  static Optional<CurlLine> read(String line, Map<String, String> environment) {
    return isPlain(environment)
        ? ShellWords.read(line).filter(CurlLine::isCurl).flatMap(CurlLine::read)
        : Optional.empty();
  }

  private static boolean isPlain(Map<String, String> environment) {
    String shell = environment.getOrDefault("SHELL", "/bin/sh");
    return SHELLS.contains(shell.substring(shell.lastIndexOf('/') + 1))
        && environment.keySet().stream()
            .noneMatch(name -> VARIABLES.contains(name.toLowerCase(Locale.ROOT)));
  }

  private static boolean isCurl(List<String> words) {
    return !words.isEmpty()
        && (words.get(0).equals("curl") || words.get(0).matches("/[a-z/]*/curl"));
  }

  private static Optional<CurlLine> read(List<String> words) {
    CurlOptions options = new CurlOptions();
    if (!options.readAll(words.subList(1, words.size()))) {
      return Optional.empty();
    }
    try {
      return call(options);
    } catch (ValidationException e) {
      return Optional.empty(); // more than a request of ours may hold
    }
  }

  private static Optional<CurlLine> call(CurlOptions options) {
    String url = options.url();
    Set<String> methods =
        new HashSet<>(Arrays.stream(HttpMethod.values()).map(Enum::name).toList());
    String method = options.method();
    // curl repeats a method that it was told after a redirect, and would fill in braces of a URL.
    if (!methods.contains(method)
        || (options.follows() && options.hasExplicitMethod() && !method.equals("GET"))
        || !(url.startsWith("http://") || url.startsWith("https://"))
        || url.chars().anyMatch(c -> "[]{}".indexOf(c) >= 0)
        || options.hasPlaceholders()) {
      return Optional.empty();
    }
    HttpAction.Builder action =
        HttpAction.request(HttpMethod.valueOf(method), url)
            .successStatuses(SUCCESS)
            .timeout(options.timeout())
            .followRedirects(options.follows());
    options.headers().forEach(header -> action.header(header.name(), header.value()));
    options.body().ifPresent(action::body);
    return Optional.of(new CurlLine(action.build(), options.retry()));
  }
}
