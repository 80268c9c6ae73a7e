package io.trigrun.signing;

/**
 * Whether a signature holds, and why not. The reason is for the receiver's own log; tell the sender
 * no more than that it was refused.
 */
public enum Verification {
  /** Who sent it knows the secret, and nobody changed the body. */
  VALID,
  /** There is no signature. */
  MISSING,
  /** There is more than one; which one others read is unknown, so none counts. */
  DUPLICATE,
  /** It does not have the form of a signature. */
  MALFORMED,
  /** It is the signature of another body, or was made with another secret. */
  MISMATCH;

  public boolean isValid() {
    return this == VALID;
  }
}
