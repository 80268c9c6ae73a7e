package io.trigrun.examples.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** A server in this process, at a port of its own: for tests of what calls it. */
record ServerHere(RunningServer server, String url) implements AutoCloseable {

  static final String TOKEN = "trk_token-of-the-tests-0123456789";

  static ServerHere start(Path data, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--port=0", "--data=" + data));
    arguments.addAll(List.of("--stop-grace=0", "--allow-network=127.0.0.0/8"));
    arguments.addAll(List.of(more));
    Options options = new Options();
    new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
    RunningServer server = RunningServer.start(options, Map.of("TRIGRUN_TOKEN", TOKEN));
    String ready = server.news().get(server.news().size() - 1);
    return new ServerHere(server, ready.substring("ready: ".length()));
  }

  @Override
  public void close() {
    server.close();
  }
}
