package io.trigrun.secret;

import io.trigrun.validation.Problems;

/**
 * An encrypted value, as it is stored.
 *
 * @param keyId the key it was encrypted with: 1 to 200 characters; stored in the clear
 * @param text what the cipher made of the value, in a form of its own; not blank
 */
public record Ciphertext(String keyId, String text) {

  /**
   * @throws io.trigrun.validation.ValidationException for a part of another form
   */
  public Ciphertext {
    Problems.require(
        !keyId.isBlank() && keyId.length() <= 200, "key_id", "1 to 200 characters", keyId);
    Problems.require(!text.isBlank(), "ciphertext", "a text", "a blank one");
  }

  @Override
  public String toString() {
    return "Ciphertext[" + keyId + ", " + text.length() + " characters]";
  }
}
