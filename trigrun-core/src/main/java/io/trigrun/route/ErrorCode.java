package io.trigrun.route;

import java.util.Locale;

/** The codes of errors that the HTTP surface answers with; the table stands in docs/http.md. */
public enum ErrorCode {
  INVALID_JSON(400, "the body is no JSON object, or one that is too deep or too long"),
  VALIDATION_FAILED(400, "fields or parameters are wrong; `details` lists each of them"),
  UNAUTHORIZED(401, "no token, or one that nobody has"),
  FORBIDDEN(403, "the token may read and not change"),
  NOT_FOUND(404, "there is no such thing in this workspace"),
  METHOD_NOT_ALLOWED(405, "another method, see `Allow`"),
  REQUEST_TIMEOUT(408, "the body took longer than this server waits"),
  CONFLICT(409, "it does not go with what is stored; `details` lists who needs what can't go"),
  LIMIT_EXCEEDED(409, "the workspace holds as much as it may"),
  NOT_CONFIGURED(409, "this server was set up without what is needed for it"),
  IDEMPOTENCY_KEY_IN_USE(409, "a request with this `Idempotency-Key` is at work; come again"),
  PRECONDITION_FAILED(412, "it was changed since: its `ETag` is none of `If-Match`"),
  BODY_TOO_LARGE(413, "the body is longer than this server takes"),
  URI_TOO_LONG(414, "path and query are longer than this server takes"),
  UNSUPPORTED_MEDIA_TYPE(415, "the body is something else than JSON"),
  IDEMPOTENCY_KEY_REUSED(422, "another request was made with this `Idempotency-Key`"),
  TOO_MANY_REQUESTS(429, "too many failures or calls; `Retry-After` says when to come again"),
  TOO_MANY_HEADERS(431, "more headers than this server takes"),
  INTERNAL_ERROR(500, "something went wrong, which the log of the server tells"),
  UNAVAILABLE(503, "the store or a key service is away; come again after `Retry-After`");

  private final int status;
  private final String meaning;

  ErrorCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }

  /** For people, without a full stop. */
  public String meaning() {
    return meaning;
  }

  /** The word in answers. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
