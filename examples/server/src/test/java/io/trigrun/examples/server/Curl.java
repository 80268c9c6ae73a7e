package io.trigrun.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Runs a line of a shell that calls curl, by curl if there is one. */
final class Curl {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Curl() {}

  static Api.Reply run(String line, String token) throws IOException, InterruptedException {
    List<String> words = words(line, token);
    return isThere() ? byProcess(words) : byClient(words);
  }

  private static boolean isThere() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "curl")));
  }

  /** What a shell makes of it: quotes, a backslash at the end of a line, and {@code $TOKEN}. */
  static List<String> words(String line, String token) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean isWord = false;
    char quote = 0;
    for (char c : line.replace("\\\n", " ").toCharArray()) {
      if (quote == 0 && Character.isWhitespace(c)) {
        if (isWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        isWord = false;
      } else if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
        isWord = true;
      } else {
        word.append(c);
        isWord = true;
      }
    }
    if (isWord) {
      words.add(word.toString());
    }
    return words.stream().map(each -> each.replace("$TOKEN", token)).toList();
  }

  private static Api.Reply byProcess(List<String> words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of("-sS", "--max-time", "60", "-w", "\n%{http_code}"));
    Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(curl.getInputStream().readAllBytes(), UTF_8);
    if (curl.waitFor() != 0) {
      throw new IOException(said);
    }
    int end = said.lastIndexOf('\n');
    return new Api.Reply(Integer.parseInt(said.substring(end + 1)), said.substring(0, end));
  }

  private static Api.Reply byClient(List<String> words) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    Optional<String> method = Optional.empty();
    Optional<String> body = Optional.empty();
    for (int i = 1; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-X" -> method = Optional.of(words.get(++i));
        case "-d" -> body = Optional.of(words.get(++i));
        case "-H" -> {
          String[] header = words.get(++i).split(": *", 2);
          request.header(header[0], header[1]);
        }
        default -> request.uri(URI.create(words.get(i)));
      }
    }
    String chosen = method.orElse(body.isPresent() ? "POST" : "GET");
    request.method(chosen, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
    return new Api.Reply(response.statusCode(), response.body());
  }
}
