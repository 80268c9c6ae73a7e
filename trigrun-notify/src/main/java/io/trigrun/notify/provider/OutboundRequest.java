package io.trigrun.notify.provider;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A POST, ready to be sent. {@code Content-Type}, {@code User-Agent} and the tracing headers of the
 * delivery are added to the headers. {@link #toString} shows the host and the names of the headers.
 */
public final class OutboundRequest {

  private final URI url;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * @param url http or https
   * @param headers names and values in ASCII
   * @param body the very bytes that were signed; copied
   */
  public OutboundRequest(URI url, Map<String, String> headers, byte[] body) {
    this.url = url;
    this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    this.body = body.clone();
  }

  public URI url() {
    return url;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /** A copy of the bytes. */
  public byte[] body() {
    return body.clone();
  }

  @Override
  public String toString() {
    return "OutboundRequest[" + url.getHost() + ", headers=" + headers.keySet() + "]";
  }
}
