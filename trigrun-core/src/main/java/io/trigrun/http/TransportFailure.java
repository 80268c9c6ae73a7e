package io.trigrun.http;

import io.trigrun.AttemptStatus;
import io.trigrun.egress.EgressRefusedException;
import io.trigrun.secret.Redaction;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.validation.ValidationException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Maps what a transport throws to the words of an attempt record. */
final class TransportFailure {
  private static final int MAX_MESSAGE = 500;

  private TransportFailure() {}

  /** One row of the table: this exception, anywhere in the chain of causes, means that. */
  private record Rule(
      Class<? extends Throwable> type, AttemptStatus status, String errorClass, String words) {}

  /** The first row that fits wins, so the special stands before the general. */
  private static final List<Rule> RULES =
      List.of(
          rule(
              MissingSecretException.class,
              AttemptStatus.ERROR,
              ErrorClass.MISSING_SECRET,
              "the request was not sent"),
          rule(
              SecretUnavailableException.class,
              AttemptStatus.ERROR,
              ErrorClass.SECRET_UNAVAILABLE,
              "the request was not sent"),
          rule(
              ValidationException.class,
              AttemptStatus.ERROR,
              ErrorClass.INVALID_REQUEST,
              "the request was not sent"),
          rule(
              EgressRefusedException.class,
              AttemptStatus.ERROR,
              ErrorClass.EGRESS_REFUSED,
              "the request was not sent"),
          rule(
              HttpConnectTimeoutException.class,
              AttemptStatus.TIMEOUT,
              ErrorClass.CONNECT_TIMEOUT,
              "no connection in time"),
          rule(
              HttpTimeoutException.class,
              AttemptStatus.TIMEOUT,
              ErrorClass.TIMEOUT,
              "no complete answer in time"),
          rule(
              TimeoutException.class,
              AttemptStatus.TIMEOUT,
              ErrorClass.TIMEOUT,
              "no complete answer in time"),
          rule(
              UnknownHostException.class,
              AttemptStatus.CONNECTION_ERROR,
              ErrorClass.DNS_ERROR,
              "the host name has no address"),
          rule(
              UnresolvedAddressException.class,
              AttemptStatus.CONNECTION_ERROR,
              ErrorClass.DNS_ERROR,
              "the host name has no address"),
          rule(
              SSLException.class,
              AttemptStatus.CONNECTION_ERROR,
              ErrorClass.TLS_ERROR,
              "no secure connection"),
          rule(
              ConnectException.class,
              AttemptStatus.CONNECTION_ERROR,
              ErrorClass.CONNECTION_ERROR,
              "no connection"),
          rule(
              IOException.class,
              AttemptStatus.CONNECTION_ERROR,
              ErrorClass.CONNECTION_ERROR,
              "the connection broke"),
          rule(
              CancellationException.class,
              AttemptStatus.ERROR,
              ErrorClass.CANCELLED,
              "the call was cancelled"));

  static Verdict judge(Throwable failure, Redaction redaction) {
    List<Throwable> chain = chain(failure);
    for (Rule rule : RULES) {
      Optional<Throwable> match = chain.stream().filter(rule.type()::isInstance).findFirst();
      if (match.isPresent()) {
        return Verdict.unanswered(
            rule.status(), rule.errorClass(), message(rule, match.get(), redaction));
      }
    }
    // Its text may hold anything, the URL included; the class name is safe.
    return Verdict.unanswered(
        AttemptStatus.ERROR,
        ErrorClass.TRANSPORT_ERROR,
        "the HTTP transport failed: " + failure.getClass().getSimpleName());
  }

  private static Rule rule(
      Class<? extends Throwable> type, AttemptStatus status, String errorClass, String words) {
    return new Rule(type, status, errorClass, words);
  }

  private static String message(Rule rule, Throwable match, Redaction redaction) {
    String detail = redaction.apply(Optional.ofNullable(match.getMessage()).orElse(""));
    return Texts.cut(detail.isBlank() ? rule.words() : rule.words() + ": " + detail, MAX_MESSAGE);
  }

  /** At most ten deep: causes may form a ring. */
  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    Optional<Throwable> next = Optional.of(failure);
    while (next.isPresent() && chain.size() < 10) {
      chain.add(next.get());
      next = Optional.ofNullable(next.get().getCause());
    }
    return chain;
  }
}
