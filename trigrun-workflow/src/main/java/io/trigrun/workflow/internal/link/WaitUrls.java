package io.trigrun.workflow.internal.link;

import io.trigrun.validation.Problems;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.UUID;

/**
 * The addresses of a wait. They can be made before the wait begins and again later, the same while
 * the key is the same.
 */
public final class WaitUrls {

  private final String base;
  private final LinkKeys keys;

  /**
   * @param publicUrl where the world finds the host, without {@code /v1}: {@code
   *     https://jobs.example.com}
   * @throws io.trigrun.validation.ValidationException if it is no http or https URL, or one with
   *     user, query or fragment
   */
  public WaitUrls(String publicUrl, LinkKeys keys) {
    Problems.require(
        isBase(publicUrl),
        "public_url",
        "http:// or https://, a host and maybe a path, without query and fragment",
        publicUrl);
    this.base = (publicUrl.endsWith("/") ? publicUrl : publicUrl + "/") + "v1/";
    this.keys = keys;
  }

  /** What a program posts the answer to. */
  public String resumeUrl(UUID executionId, String waitKey) {
    return base + "resume/" + token(executionId, waitKey, Purpose.RESUME, Optional.empty());
  }

  /** The page on which a person decides. */
  public String reviewUrl(UUID executionId, String waitKey, Optional<String> approver) {
    return base + "approvals/" + token(executionId, waitKey, Purpose.REVIEW, approver);
  }

  /** A page for this decision only; posting to it decides. */
  public String approveUrl(UUID executionId, String waitKey, Optional<String> approver) {
    return base
        + "approvals/"
        + token(executionId, waitKey, Purpose.APPROVE, approver)
        + "/approve";
  }

  /** A page for this decision only; posting to it decides. */
  public String rejectUrl(UUID executionId, String waitKey, Optional<String> approver) {
    return base + "approvals/" + token(executionId, waitKey, Purpose.REJECT, approver) + "/reject";
  }

  private String token(
      UUID executionId, String waitKey, Purpose purpose, Optional<String> approver) {
    return keys.token(new WaitLink(executionId, waitKey, purpose, approver));
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
