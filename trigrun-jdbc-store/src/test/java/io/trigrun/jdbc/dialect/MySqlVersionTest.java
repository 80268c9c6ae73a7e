package io.trigrun.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MySqlVersionTest {

  @ParameterizedTest
  @CsvSource({
    "MySQL, 8.0.17, 8, 0, true",
    "MySQL, 8.0.16, 8, 0, false",
    "MySQL, 8.0.36-0ubuntu0.22.04.1, 8, 0, true",
    "MySQL, 5.7.44-log, 5, 7, false",
    "MySQL, 8.4.0, 8, 4, true",
    "MySQL, 9.1.0, 9, 1, true",
    "MariaDB, 10.6.0-MariaDB, 10, 6, true",
    "MariaDB, 10.5.29-MariaDB, 10, 5, false",
    "MariaDB, 11.4.5-MariaDB-log, 11, 4, true",
    "MySQL, 10.5.29-MariaDB, 10, 5, false",
  })
  void the_oldest_version_is_known_to_the_last_number(
      String product, String version, int major, int minor, boolean understood) {
    assertThat(MySqlDialect.understands(product, version, major, minor)).isEqualTo(understood);
  }
}
