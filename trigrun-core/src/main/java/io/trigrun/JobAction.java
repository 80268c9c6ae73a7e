package io.trigrun;

import io.trigrun.command.CommandAction;
import io.trigrun.http.HttpAction;
import io.trigrun.spi.ExtensionAction;

/** What a job does when it runs. */
public sealed interface JobAction permits HttpAction, HandlerCall, CommandAction, ExtensionAction {}
