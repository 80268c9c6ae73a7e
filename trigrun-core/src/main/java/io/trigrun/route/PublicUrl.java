package io.trigrun.route;

import io.trigrun.validation.Problems;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where the world finds the host. The public part of the HTTP surface is mounted at {@code /v1}
 * below it.
 *
 * @param text {@code https://jobs.example.com}, maybe with a path
 */
public record PublicUrl(String text) {

  /**
   * Checks it.
   *
   * @throws io.trigrun.validation.ValidationException naming {@code public_url} if it is no http or
   *     https URL, or one with user, query or fragment
   */
  public PublicUrl {
    Problems.require(
        isBase(text),
        "public_url",
        "http:// or https://, a host and maybe a path, without query and fragment",
        text);
    text = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /**
   * The URL of a route.
   *
   * @param path of a route: {@code /ping/abc}
   */
  public String at(String path) {
    return text + "/v1" + path;
  }

  private static boolean isBase(String url) {
    try {
      URI uri = new URI(url);
      return ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
