package io.trigrun.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.Failure;
import io.trigrun.http.HttpReply;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.secret.Redaction;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.Definition;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A channel as the engine's side sees it, ready for use. Kept in caches, secrets included.
 *
 * @param state whether it may be used now
 * @param noise what it is spared
 * @param sender empty if this node can't use it
 * @param redaction takes its secrets out of what receivers say
 * @param unusable why there is no sender
 */
record Destination(
    Definition definition,
    ChannelState state,
    NoiseControl noise,
    String type,
    Optional<Sender> sender,
    Redaction redaction,
    Optional<Failure> unusable) {

  private static final int SHORTEST_VALUE = 16;
  private static final int SHORTEST_PATH = 25;

  /**
   * Throws nothing for what a definition holds: a broken channel must not stop the job it is for.
   *
   * @throws SecretUnavailableException if a secret can't be had for the time being
   */
  static Destination of(
      Definition definition,
      ChannelState state,
      NoiseControl noise,
      Providers providers,
      ChannelVault vault) {
    String type = "unknown";
    try {
      ChannelDocument document = ChannelDocument.read(definition.document());
      type = document.type();
      var settings = vault.open(definition, document);
      Optional<Sender> sender =
          providers.sender(type, settings, document.template().orElseGet(MessageTemplate::none));
      List<String> unwanted = new ArrayList<>();
      document.secrets().keySet().forEach(field -> settings.text(field).ifPresent(unwanted::add));
      sender
          .filter(HttpSender.class::isInstance)
          .ifPresent(http -> addParts(((HttpSender<?>) http).sample(), unwanted));
      return new Destination(
          definition,
          state,
          noise,
          type,
          sender,
          Redaction.of(unwanted),
          sender.isPresent() ? Optional.empty() : Optional.of(unusable(type)));
    } catch (SecretUnavailableException e) {
      if (e.isRetryable()) {
        throw e;
      }
      return without(
          definition,
          state,
          noise,
          type,
          new Failure("secret_unavailable", String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      return without(definition, state, noise, type, unusable(type));
    }
  }

  /**
   * What of a request a receiver may repeat and nobody should read: credentials in its headers, the
   * query of its URL and the longer values in it, its path if it is long enough to be a secret.
   */
  private static void addParts(OutboundRequest request, List<String> unwanted) {
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (name.equalsIgnoreCase("Authorization")) {
                unwanted.add(value);
                unwanted.add(value.substring(value.indexOf(' ') + 1));
              }
            });
    URI url = request.url();
    Optional<String> query = Optional.ofNullable(url.getRawQuery());
    query.ifPresent(unwanted::add);
    for (String pair : query.orElse("").split("&", -1)) {
      String value = pair.substring(pair.indexOf('=') + 1);
      if (value.length() >= SHORTEST_VALUE) {
        unwanted.add(value);
      }
    }
    Optional.ofNullable(url.getRawPath())
        .filter(path -> path.length() >= SHORTEST_PATH)
        .ifPresent(unwanted::add);
  }

  /** The same, taking these out of what receivers say, too. */
  Destination hiding(List<String> values) {
    return values.isEmpty()
        ? this
        : new Destination(
            definition, state, noise, type, sender, redaction.plus(Redaction.of(values)), unusable);
  }

  /**
   * What an answer means. What is told of it comes from the answer without the secrets that it may
   * repeat: providers quote the beginning of what they read, and a half of a secret would not be
   * recognised any more.
   */
  DeliveryOutcome classify(HttpSender<?> by, HttpReply reply, Instant now) {
    DeliveryOutcome meaning = by.classify(reply, now);
    if (meaning instanceof DeliveryOutcome.Sent || redaction.isNone()) {
      return meaning;
    }
    String text = new String(reply.body(), UTF_8);
    String clean = reply.truncated() ? redaction.applyToBeginning(text) : redaction.apply(text);
    if (clean.equals(text)) {
      return meaning;
    }
    DeliveryOutcome told =
        by.classify(
            new HttpReply(
                reply.status(),
                reply.headers(),
                clean.getBytes(UTF_8),
                reply.truncated(),
                reply.latency()),
            now);
    return told.getClass().equals(meaning.getClass()) ? told : meaning;
  }

  private static Destination without(
      Definition definition, ChannelState state, NoiseControl noise, String type, Failure why) {
    return new Destination(
        definition, state, noise, type, Optional.empty(), Redaction.none(), Optional.of(why));
  }

  private static Failure unusable(String type) {
    return new Failure(
        "channel_unusable",
        "expected a channel of a known type with valid settings, got one of type "
            + type
            + ": save it again, or add its provider to this node");
  }

  /** The sender holds secrets. */
  @Override
  public String toString() {
    return "Destination[" + type + " " + definition.name() + "]";
  }
}
