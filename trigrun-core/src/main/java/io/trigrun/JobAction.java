package io.trigrun;

import io.trigrun.command.CommandAction;
import io.trigrun.http.HttpAction;

/** What a job does when it runs. */
public sealed interface JobAction permits HttpAction, HandlerCall, CommandAction {}
