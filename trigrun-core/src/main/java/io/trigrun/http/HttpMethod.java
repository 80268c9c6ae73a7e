package io.trigrun.http;

/** The methods an HTTP job may use. {@code GET} is the default and carries no body. */
public enum HttpMethod {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE
}
