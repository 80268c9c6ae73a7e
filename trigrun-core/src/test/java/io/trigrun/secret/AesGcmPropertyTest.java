package io.trigrun.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class AesGcmPropertyTest {

  private static final String K1 = KeyRing.generateKey();
  private static final String K2 = KeyRing.generateKey();
  private static final SecretCipher OLD = SecretCipher.aesGcm(KeyRing.of("k1", K1));
  private static final SecretCipher BOTH =
      SecretCipher.aesGcm(KeyRing.of("k2", K2).alsoDecrypts("k1", K1));
  private static final SecretContext HERE = new SecretContext("acme", "api-key", "secret");

  @Property(tries = 300)
  void what_was_encrypted_is_decrypted_where_it_belongs(
      @ForAll @Size(max = 300) byte[] value,
      @ForAll @StringLength(max = 20) String workspace,
      @ForAll @StringLength(max = 20) String name) {
    SecretContext context = new SecretContext(workspace, name, "secret");

    Ciphertext ciphertext = OLD.encrypt(value, context);

    assertThat(ciphertext.keyId()).isEqualTo("k1");
    assertThat(OLD.decrypt(ciphertext, context)).isEqualTo(value);
    assertThat(BOTH.decrypt(ciphertext, context)).as("with a newer key beside").isEqualTo(value);
  }

  @Property(tries = 300)
  void any_bit_that_is_flipped_is_noticed(
      @ForAll @Size(min = 1, max = 60) byte[] value, @ForAll @IntRange(max = 1_000_000) int any) {
    Ciphertext ciphertext = BOTH.encrypt(value, HERE);
    byte[] bytes = Base64.getDecoder().decode(ciphertext.text());
    int bit = any % (bytes.length * 8);
    bytes[bit / 8] ^= (byte) (1 << (bit % 8));

    refuses(new Ciphertext("k2", Base64.getEncoder().encodeToString(bytes)), HERE);
  }

  @Property(tries = 200)
  void whatever_is_cut_off_is_missed(
      @ForAll @Size(max = 30) byte[] value, @ForAll @IntRange(min = 1, max = 200) int cut) {
    Ciphertext ciphertext = BOTH.encrypt(value, HERE);
    String text = ciphertext.text();
    String shorter = text.substring(0, Math.max(0, text.length() - cut)) + "A";
    if (!shorter.equals(text)) {
      refuses(new Ciphertext("k2", shorter), HERE);
    }
  }

  @Example
  void it_is_bound_to_workspace_name_and_purpose_and_none_runs_into_another() {
    Ciphertext ciphertext = BOTH.encrypt("value".getBytes(UTF_8), HERE);

    Stream.of(
            new SecretContext("other", "api-key", "secret"),
            new SecretContext("acme", "other", "secret"),
            new SecretContext("acme", "api-key", "signing"),
            new SecretContext("api-key", "acme", "secret"),
            new SecretContext("acmeapi-key", "", "secret"),
            new SecretContext("acmea", "pi-key", "secret"))
        .forEach(elsewhere -> refuses(ciphertext, elsewhere));
  }

  @Example
  void what_was_stored_once_is_read_for_ever() {
    // As another implementation reads it: version 1, nonce, ciphertext and tag; associated are the
    // version and, each after its length in 4 bytes, key id, workspace, name and purpose.
    Ciphertext stored =
        new Ciphertext("2026-11", "ATrfik4U90OLKb/3sjoffUTxZBxdJbGT95671kVeq+D04AaqgA==");
    KeyRing ring = KeyRing.of("2026-11", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    assertThat(
            SecretCipher.aesGcm(ring)
                .decrypt(stored, new SecretContext("default", "api-key", "secret")))
        .isEqualTo("tiger-42".getBytes(UTF_8));
  }

  @Example
  void the_key_id_is_bound_too() {
    SecretCipher sameKeyTwice = SecretCipher.aesGcm(KeyRing.of("k1", K1).alsoDecrypts("copy", K1));
    Ciphertext ciphertext = OLD.encrypt("value".getBytes(UTF_8), HERE);

    assertThatThrownBy(() -> sameKeyTwice.decrypt(new Ciphertext("copy", ciphertext.text()), HERE))
        .isInstanceOf(SecretUnavailableException.class);
  }

  @Example
  void a_key_that_is_not_there_is_named_with_the_fix() {
    Ciphertext ciphertext = BOTH.encrypt("value".getBytes(UTF_8), HERE);

    assertThatThrownBy(() -> OLD.decrypt(ciphertext, HERE))
        .isInstanceOfSatisfying(
            SecretUnavailableException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessage(
            "secret api-key: expected a key named k2 to decrypt it, this node has [k1];"
                + " add that key to the KeyRing, or save the secret again");
  }

  @Example
  void texts_that_are_no_ciphertext_are_refused() {
    Stream.of("x", "!!!!", "AQ==", Base64.getEncoder().encodeToString(new byte[100]))
        .forEach(text -> refuses(new Ciphertext("k2", text), HERE));
  }

  @Example
  void the_newest_key_encrypts_and_no_two_texts_are_the_same_whoever_encrypts() throws Exception {
    byte[] value = "value".getBytes(UTF_8);
    Set<String> texts = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(10);
    try {
      List<Future<?>> all =
          IntStream.range(0, 10)
              .<Future<?>>mapToObj(
                  thread ->
                      threads.submit(
                          () -> {
                            for (int i = 0; i < 500; i++) {
                              Ciphertext ciphertext = BOTH.encrypt(value, HERE);
                              assertThat(ciphertext.keyId()).isEqualTo(BOTH.keyId());
                              assertThat(BOTH.decrypt(ciphertext, HERE)).isEqualTo(value);
                              texts.add(ciphertext.text());
                            }
                          }))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(BOTH.keyId()).isEqualTo("k2");
    assertThat(texts).hasSize(5_000);
    assertThat(value).as("is the caller's").isEqualTo("value".getBytes(UTF_8));
  }

  private static void refuses(Ciphertext ciphertext, SecretContext context) {
    assertThatThrownBy(() -> BOTH.decrypt(ciphertext, context))
        .isInstanceOfSatisfying(
            SecretUnavailableException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("as it was stored");
  }
}
