package io.trigrun.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.ValidationException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkKeyTest {

  private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);

  @Test
  void it_is_hmac_sha_256() { // figures of RFC 4231, test case 6: a key of 131 bytes
    byte[] secret = new byte[131];
    Arrays.fill(secret, (byte) 0xaa);
    LinkKey key = LinkKey.of("k1", Base64.getEncoder().encodeToString(secret));

    assertThat(
            HexFormat.of()
                .formatHex(
                    key.hmac(
                        "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(UTF_8))))
        .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  }

  @Test
  void nothing_of_the_secret_is_shown() {
    assertThat(LinkKey.of("k1", SECRET)).hasToString("LinkKey[k1]");
    assertThatThrownBy(() -> LinkKey.of("k1", "c2hvcnQ="))
        .isInstanceOf(ValidationException.class)
        .hasMessage("link_key.secret: expected 32 to 1024 bytes in base64, got 5 bytes");
    assertThatThrownBy(() -> LinkKey.of("k1", "not base64: hunter2"))
        .isInstanceOf(ValidationException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void an_id_fits_into_a_link() {
    for (String id : List.of("", "a.b", "a b", "ä", "12345678901234567")) {
      assertThatThrownBy(() -> LinkKey.of(id, SECRET)).isInstanceOf(ValidationException.class);
    }
  }

  @Test
  void a_random_key_is_like_no_other() {
    LinkKey one = LinkKey.random();
    LinkKey other = LinkKey.random();

    assertThat(one.id()).isNotEqualTo(other.id()).hasSize(8);
    assertThat(one.hmac(new byte[1])).isNotEqualTo(other.hmac(new byte[1]));
  }
}
