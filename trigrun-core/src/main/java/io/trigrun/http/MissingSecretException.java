package io.trigrun.http;

/** A request refers to a secret that does not exist; nothing was sent. */
public final class MissingSecretException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String secretName;

  MissingSecretException(String header, String secretName) {
    super(
        HeaderRules.field(header)
            + ": expected a stored secret named "
            + Texts.quoted(secretName)
            + ", got none; create it or change the header");
    this.secretName = secretName;
  }

  /** The name after {@code secret://}. */
  public String secretName() {
    return secretName;
  }
}
