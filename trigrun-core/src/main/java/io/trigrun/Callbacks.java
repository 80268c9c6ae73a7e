package io.trigrun;

import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpMethod;
import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the results of a job's runs are posted to (row S14). Immutable; start with {@link #none}.
 *
 * <p>A callback is an execution of its own in the queue {@link #QUEUE}, stored by the write that
 * records the end of the run, and retried by itself.
 *
 * @param onSuccessUrl gets the result of each run that has succeeded
 * @param onFailureUrl gets the result of each run that has failed for good
 * @param secret the stored secret that callbacks are signed with, as {@code secret://name}
 */
public record Callbacks(
    Optional<String> onSuccessUrl, Optional<String> onFailureUrl, Optional<String> secret) {

  /** The handler that sends callbacks, as executions name it. */
  public static final String HANDLER = "trigrun.callback";

  /** The queue they are in. */
  public static final String QUEUE = "callbacks";

  private static final Callbacks NONE =
      new Callbacks(Optional.empty(), Optional.empty(), Optional.empty());
  private static final String SCHEME = "secret://";
  private static final Pattern REFERENCE = Pattern.compile(SCHEME + "[A-Za-z0-9_.-]{1,128}");

  /**
   * @throws ValidationException if a URL is none, or the secret is not {@code secret://name}
   */
  public Callbacks {
    onSuccessUrl.ifPresent(url -> check("on_success_url", url));
    onFailureUrl.ifPresent(url -> check("on_failure_url", url));
    secret.ifPresent(
        reference ->
            Problems.require(
                REFERENCE.matcher(reference).matches(),
                "callback_secret",
                "secret://name, the name of a stored secret and not the secret itself",
                "a text of " + reference.length() + " characters"));
  }

  /** Nobody is told. */
  public static Callbacks none() {
    return NONE;
  }

  /**
   * Posts the results of runs that have succeeded.
   *
   * @param url http or https, at most 2,048 characters, without user name and fragment
   */
  public Callbacks onSuccess(String url) {
    return new Callbacks(Optional.of(url), onFailureUrl, secret);
  }

  /** Posts the results of runs that have failed for good; see {@link #onSuccess} for the URL. */
  public Callbacks onFailure(String url) {
    return new Callbacks(onSuccessUrl, Optional.of(url), secret);
  }

  /**
   * Signs callbacks: {@code X-Webhook-Signature} and, if the secret is {@code whsec_} and 24 to 64
   * bytes in base64, the headers of Standard Webhooks; see {@link
   * io.trigrun.signing.WebhookVerifier}. The secret is looked up when a callback is sent; if it is
   * not there the callback fails and nothing is sent.
   *
   * @param reference {@code secret://name}
   */
  public Callbacks signedWith(String reference) {
    return new Callbacks(onSuccessUrl, onFailureUrl, Optional.of(reference));
  }

  /** The name of the secret that callbacks are signed with. */
  public Optional<String> secretName() {
    return secret.map(reference -> reference.substring(SCHEME.length()));
  }

  /** Where to post that a run has ended so; empty if it is to be told nobody. */
  public Optional<String> url(ExecutionState state) {
    return switch (state) {
      case SUCCEEDED -> onSuccessUrl;
      case FAILED -> onFailureUrl;
      default -> Optional.empty();
    };
  }

  public boolean isEmpty() {
    return onSuccessUrl.isEmpty() && onFailureUrl.isEmpty();
  }

  /** By the rules of the URL of a job's request; messages don't show what may hold a token. */
  private static void check(String field, String url) {
    try {
      var unused = HttpCall.builder(HttpMethod.POST, new URI(url));
    } catch (URISyntaxException e) {
      throw new ValidationException(
          List.of(
              new Problem(
                  field,
                  "an absolute http or https URL (percent-encode spaces and the like)",
                  "a text of " + url.length() + " characters that is none")));
    } catch (ValidationException e) {
      throw new ValidationException(
          e.problems().stream().map(p -> new Problem(field, p.expected(), p.got())).toList());
    }
  }

  /** Shows the hosts only: paths and queries of such URLs may hold tokens. */
  @Override
  public String toString() {
    return "Callbacks[on_success_url="
        + host(onSuccessUrl)
        + ", on_failure_url="
        + host(onFailureUrl)
        + ", callback_secret="
        + secret.orElse("none")
        + "]";
  }

  private static String host(Optional<String> url) {
    return url.map(text -> URI.create(text).getHost()).orElse("none");
  }
}
