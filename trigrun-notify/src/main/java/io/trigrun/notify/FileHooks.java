package io.trigrun.notify;

import io.trigrun.notify.channel.DiscordChannel;
import io.trigrun.notify.channel.SlackChannel;
import io.trigrun.notify.channel.WebhookChannel;
import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.schedulefile.Fields;
import io.trigrun.schedulefile.FileHook;
import io.trigrun.schedulefile.FileJob;
import io.trigrun.schedulefile.FileNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * The addresses that a file notifies on events, as cheek's files say it (row N8): a channel for
 * each address and kind, in cheek's format, and a rule for each job and event. For one thread,
 * once.
 */
final class FileHooks {

  private static final Map<String, BiFunction<String, String, ChannelSpec>> KINDS =
      Map.of(
          "notify_webhook", (name, url) -> WebhookChannel.of(name, url).cheek(),
          "notify_slack_webhook", (name, url) -> SlackChannel.of(name, url).plain(),
          "notify_discord_webhook", (name, url) -> DiscordChannel.of(name, url).plain());

  static final Set<String> KEYS = KINDS.keySet();

  private record Address(String key, String url) {}

  private final FileDrafting drafting;
  private final FileChannels channels;
  private final FileRules rules;
  private final Map<Address, Optional<UUID>> known = new HashMap<>();

  FileHooks(FileDrafting drafting, FileChannels channels, FileRules rules) {
    this.drafting = drafting;
    this.channels = channels;
    this.rules = rules;
  }

  /** Reads those of the file and of its jobs, all channels first. */
  void read() {
    drafting.input.file().hooks().forEach(this::readChannels);
    for (FileJob job : drafting.input.file().jobs()) {
      Optional<UUID> id = drafting.input.jobs().find(job.name(), job.place(), job.path());
      for (FileHook hook : job.hooks()) {
        if (id.isPresent() && KEYS.contains(hook.entry().key())) {
          readRules(job, id.get(), hook);
        }
      }
    }
  }

  private void readChannels(FileHook hook) {
    String key = hook.entry().key();
    if (!KEYS.contains(key)) {
      return;
    }
    for (FileNode url : urls(hook)) {
      if (!known.containsKey(new Address(key, url.text()))) {
        known.put(new Address(key, url.text()), channel(hook, url));
      }
    }
  }

  private Optional<UUID> channel(FileHook hook, FileNode url) {
    String path = hook.path() + "." + hook.entry().key();
    ChannelSpec spec =
        Objects.requireNonNull(KINDS.get(hook.entry().key()))
            .apply(name(hook.entry().key(), url.text()), url.text());
    return channels.draft(
        spec, new FileChannels.Where(url.place(), path, problem -> path, field -> url.place()));
  }

  private void readRules(FileJob job, UUID jobId, FileHook hook) {
    NotificationEvent event = NotificationEvent.of(hook.event().jsonName());
    FileRules.Scope scope = new FileRules.Scope(RuleScope.job(jobId), "job " + job.name());
    for (FileNode url : urls(hook)) {
      String key = hook.entry().key();
      known
          .getOrDefault(new Address(key, url.text()), Optional.empty())
          .ifPresent(
              channel ->
                  // What a job says and what holds for all jobs may be the same.
                  rules.draft(
                      scope,
                      channel,
                      name(key, url.text()),
                      event,
                      RuleOptions.none(),
                      url.place(),
                      hook.path() + "." + key));
    }
  }

  private Iterable<FileNode> urls(FileHook hook) {
    Fields fields = new Fields(hook.path(), hook.entry().value(), drafting.problems);
    return fields.texts(hook.entry().value(), hook.entry().key());
  }

  private String name(String key, String url) {
    return FileHookName.of(key, url, drafting.input.file().name());
  }
}
