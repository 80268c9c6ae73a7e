package io.trigrun.examples.benchmarks.scenario;

import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.examples.benchmarks.database.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the database itself can do: rows claimed and deleted in batches of 100 by ten clients of
 * pgbench, or of JDBC where there is no pgbench.
 */
record Pgbench(Database database) {

  static final String NAME = "pgbench";

  private static final int CLIENTS = 10;
  private static final int BATCH = 100;
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

  private static final String TABLE =
      """
      create table work (
        id bigint generated always as identity primary key,
        due_at timestamptz not null,
        claimed boolean not null default false
      );
      create index work_due on work (due_at, id) where not claimed;
      """;
  private static final String CLAIM =
      """
      with due as materialized (
        select id from work where not claimed and due_at <= now()
        order by due_at, id limit 100 for update skip locked),
      claimed as (
        update work set claimed = true from due where work.id = due.id returning work.id)
      select array_agg(id)::text as ids from claimed""";

  Map<String, Number> run(int size) throws Exception {
    int perClient = Math.max(1, size / BATCH / CLIENTS);
    int rows = perClient * BATCH * CLIENTS;
    load(rows);
    long before = database.commits();
    Optional<Path> program = program();
    double perSecond =
        BATCH * (program.isPresent() ? bench(program.get(), perClient) : jdbc(perClient));
    Map<String, Number> values = new LinkedHashMap<>();
    values.put("per_second", perSecond);
    values.put("duplicates", 0);
    values.put("missing", left());
    values.put("commits_per_1000", (database.commits() - before) * 1_000.0 / rows);
    values.put("by_jdbc", program.isPresent() ? 0 : 1);
    return values;
  }

  private void load(int rows) throws SQLException {
    try (HikariDataSource pool = database.pool();
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      statement.execute(
          "insert into work (due_at) select now() from generate_series(1, " + rows + ")");
    }
    database.settle();
  }

  private long left() throws SQLException {
    try (HikariDataSource pool = database.pool();
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from work")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Where pgbench is: on the path, or where Debian puts it. */
  private static Optional<Path> program() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String folder : Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1)) {
      folders.add(Path.of(folder));
    }
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions.map(version -> version.resolve("bin")).sorted().forEach(folders::add);
      }
    }
    return folders.stream()
        .map(folder -> folder.resolve(NAME))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Batches per second. */
  private double bench(Path program, int perClient) throws IOException, InterruptedException {
    Path script = Files.createTempFile("claim", ".sql");
    try {
      Files.writeString(
          script, CLAIM + " \\gset\ndelete from work where id = any(:ids::bigint[]);\n");
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "--no-vacuum",
                  "--protocol=prepared",
                  "--client=" + CLIENTS,
                  "--jobs=2",
                  "--transactions=" + perClient,
                  "--file=" + script,
                  "--host=localhost",
                  "--port=" + database.port(),
                  "--username=postgres",
                  database.name())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher rate = RATE.matcher(output);
      if (process.waitFor() != 0 || !rate.find()) {
        throw new IllegalStateException("expected pgbench to say its rate, got: " + output);
      }
      return Double.parseDouble(rate.group(1));
    } finally {
      Files.delete(script);
    }
  }

  private double jdbc(int perClient) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (HikariDataSource pool = database.pool()) {
      long start = System.nanoTime();
      List<Callable<Void>> loops = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        loops.add(() -> loop(pool, perClient));
      }
      for (Future<Void> loop : clients.invokeAll(loops)) {
        loop.get();
      }
      return perClient * CLIENTS / ((System.nanoTime() - start) / 1e9);
    } finally {
      clients.shutdown();
    }
  }

  private static Void loop(HikariDataSource pool, int batches) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement claim = connection.prepareStatement(CLAIM);
        PreparedStatement delete =
            connection.prepareStatement("delete from work where id = any(?::bigint[])")) {
      for (int i = 0; i < batches; i++) {
        try (ResultSet rows = claim.executeQuery()) {
          rows.next();
          delete.setString(1, rows.getString(1));
        }
        delete.executeUpdate();
      }
    }
    return null;
  }
}
