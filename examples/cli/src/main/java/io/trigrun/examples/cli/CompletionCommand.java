package io.trigrun.examples.cli;

import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = "Prints what makes the tab key complete commands.",
    footer = {
      "%nExamples:",
      "  source <(${ROOT-COMMAND-NAME} completion bash)",
      "  source <(${ROOT-COMMAND-NAME} completion zsh)"
    })
final class CompletionCommand implements Runnable {

  /** One script is for both. */
  enum Shell {
    bash,
    zsh
  }

  private final Session session;

  @Spec private @Nullable CommandSpec spec;

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  void setShell(Shell shell) {
    // the script finds out by itself
  }

  @Override
  public void run() {
    if (spec != null) {
      CommandLine top = spec.root().commandLine();
      session.output().script(AutoComplete.bash(top.getCommandName(), top));
    }
  }
}
