package io.trigrun.internal.management;

import io.trigrun.command.CommandAction;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpActionJson;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;

/** What jobs send and run, as {@link HttpAction} and {@link CommandAction} say it in JSON. */
final class RequestShapes {

  static final ObjectShape REQUEST = HttpActionJson.shape();

  static final ObjectShape COMMAND =
      Shape.object("JobCommand", "A program with arguments, or a line for the shell")
          .optional(
              "arguments", Shape.list("the program and its arguments", Shape.text("one of them")))
          .optional("shell", Shape.text("instead: a line for the shell"))
          .optional("working_directory", Shape.text("an absolute path"))
          .optional(
              "environment",
              Shape.map("variables; values may be secret://name", Shape.text("a value")))
          .optional(
              "inherit_environment",
              Shape.flag("whether it gets the variables of the server; no by default"))
          .optional("stdin", Shape.text("what it reads"))
          .optional(
              "timeout_seconds",
              Shape.whole("how long it may run; an hour by default").range(1, 86_400))
          .optional(
              "success_exit_codes",
              Shape.list("0 by default", Shape.whole("an exit code").range(0, 255)));

  private RequestShapes() {}
}
