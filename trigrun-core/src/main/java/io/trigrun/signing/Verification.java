package io.trigrun.signing;

/**
 * Whether a signature holds, and why not. The reason is for the receiver's own log; tell the sender
 * no more than that it was refused.
 */
public enum Verification {
  /** Who sent it knows the secret, and nobody changed the body. */
  VALID,
  /** There is no signature, or something is missing that it covers. */
  MISSING,
  /** A header is there more than once; which one others read is unknown, so none counts. */
  DUPLICATE,
  /** It does not have the form of a signature. */
  MALFORMED,
  /** It is the signature of another body, or was made with another secret. */
  MISMATCH,
  /** It holds, but was made longer ago than is tolerated. */
  TOO_OLD,
  /** It holds, but was made further in the future than is tolerated: a clock is wrong. */
  TOO_NEW,
  /** It holds, but this very request was taken before. */
  REPLAYED;

  public boolean isValid() {
    return this == VALID;
  }
}
