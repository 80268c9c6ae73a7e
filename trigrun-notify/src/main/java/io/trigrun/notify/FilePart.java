package io.trigrun.notify;

import io.trigrun.schedulefile.FileProblems;
import io.trigrun.spi.Definition;
import io.trigrun.spi.Host;
import io.trigrun.spi.ScheduleFilePart;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What notifications understand of schedule files (rows S18 and N8): {@code channels}, {@code
 * rules}, and the addresses that cheek's files notify on events.
 */
record FilePart(Host host, Providers providers, ChannelVault vault, OwnEvents ownEvents)
    implements ScheduleFilePart {

  private static final String CHANNELS = "channels";
  private static final String RULES = "rules";

  @Override
  public Set<String> sections() {
    return Set.of(CHANNELS, RULES);
  }

  @Override
  public Set<String> hooks() {
    return FileHooks.KEYS;
  }

  @Override
  public Map<String, String> kinds() {
    return Map.of(
        ChannelDefinition.KIND, "channel",
        RuleDocument.KIND, "rule",
        RuleDocument.COMMON_KIND, "rule");
  }

  @Override
  public Draft draft(Input input, FileProblems problems) {
    FileDrafting drafting = new FileDrafting(input, problems, host.store());
    FileChannels channels = new FileChannels(drafting, host, providers, vault);
    FileRules rules = new FileRules(drafting, channels, ownEvents);
    input.file().sections().stream()
        .filter(entry -> entry.key().equals(CHANNELS))
        .forEach(entry -> channels.read(entry.value()));
    FileHooks hooks = new FileHooks(drafting, channels, rules);
    hooks.read();
    input.file().sections().stream()
        .filter(entry -> entry.key().equals(RULES))
        .forEach(entry -> rules.read(entry.value()));
    return drafting.draft();
  }

  @Override
  public String nameOf(Definition definition) {
    if (definition.kind().equals(ChannelDefinition.KIND)) {
      return definition.name();
    }
    RuleDocument rule = RuleDocument.read(definition);
    UUID channel = rule.channelId();
    return FileRules.name(
        rule.event().map(NotificationEvent::ruleName).orElse("an event"),
        rule.scope() instanceof RuleScope.Labelled label
            ? "label " + label.label()
            : rule.scope()
                .owner()
                .map(
                    id ->
                        (rule.scope() instanceof RuleScope.OfJob ? "job " : "monitor ") + name(id))
                .orElse("workspace"),
        name(channel));
  }

  private String name(UUID id) {
    return host.store().findDefinitions(List.of(id)).stream()
        .findFirst()
        .map(Definition::name)
        .orElse("(deleted)");
  }
}
