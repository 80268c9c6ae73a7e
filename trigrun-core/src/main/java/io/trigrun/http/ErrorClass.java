package io.trigrun.http;

/** The error classes of failed attempts, as the platform writes them. */
public final class ErrorClass {
  public static final String HTTP_1XX = "HTTP_1XX";

  /** A success status, but not one of this job's. */
  public static final String HTTP_2XX = "HTTP_2XX";

  /** A redirect that was not followed. */
  public static final String HTTP_3XX = "HTTP_3XX";

  public static final String HTTP_4XX = "HTTP_4XX";
  public static final String HTTP_5XX = "HTTP_5XX";

  /** The status was a success, but a {@link ResponseCheck} did not hold. */
  public static final String ASSERTION_FAILED = "ASSERTION_FAILED";

  /** The mapped output is larger than 256 KiB. */
  public static final String OUTPUT_TOO_LARGE = "OUTPUT_TOO_LARGE";

  /** The exchange was not complete within the timeout. */
  public static final String TIMEOUT = "TIMEOUT";

  /** No connection within the transport's connect timeout: nothing was sent. */
  public static final String CONNECT_TIMEOUT = "CONNECT_TIMEOUT";

  /** The connection was refused, or broke. */
  public static final String CONNECTION_ERROR = "CONNECTION_ERROR";

  /** The host name has no address. */
  public static final String DNS_ERROR = "DNS_ERROR";

  /** The TLS handshake failed, for instance over an untrusted certificate. */
  public static final String TLS_ERROR = "TLS_ERROR";

  /** A header refers to a secret that does not exist; nothing was sent. */
  public static final String MISSING_SECRET = "MISSING_SECRET";

  /** A secret is stored but can't be decrypted, or not now; nothing was sent. */
  public static final String SECRET_UNAVAILABLE = "SECRET_UNAVAILABLE";

  /** The rendered request breaks a rule, for instance through a secret's value. */
  public static final String INVALID_REQUEST = "INVALID_REQUEST";

  /** The egress policy refuses where the request goes; nothing was sent there. */
  public static final String EGRESS_REFUSED = "EGRESS_REFUSED";

  /** The call was cancelled from inside. */
  public static final String CANCELLED = "CANCELLED";

  /** Anything else: a fault of the transport. */
  public static final String TRANSPORT_ERROR = "TRANSPORT_ERROR";

  private ErrorClass() {}

  static String ofStatus(int status) {
    return switch (status / 100) {
      case 1 -> HTTP_1XX;
      case 2 -> HTTP_2XX;
      case 3 -> HTTP_3XX;
      case 4 -> HTTP_4XX;
      default -> HTTP_5XX;
    };
  }
}
