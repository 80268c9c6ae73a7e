package io.trigrun.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Keeps the first bytes of a body and drops the connection when there are more. */
final class BoundedBody implements BodySubscriber<BoundedBody.Kept> {

  /** The bytes of a body, and whether there were more. */
  static final class Kept {
    final byte[] bytes;
    final boolean truncated;

    Kept(byte[] bytes, boolean truncated) {
      this.bytes = bytes;
      this.truncated = truncated;
    }
  }

  private final int limit;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private final CompletableFuture<Kept> kept = new CompletableFuture<>();
  private volatile @Nullable Subscription subscription;
  private volatile boolean aborted;

  BoundedBody(int limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<Kept> getBody() {
    return kept;
  }

  @Override
  public void onSubscribe(Subscription source) {
    subscription = source;
    if (aborted) {
      source.cancel();
    } else {
      source.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (kept.isDone()) {
      return;
    }
    for (ByteBuffer buffer : buffers) {
      int room = limit - bytes.size();
      byte[] chunk = new byte[Math.min(room, buffer.remaining())];
      buffer.get(chunk);
      bytes.write(chunk, 0, chunk.length);
      if (buffer.hasRemaining()) {
        kept.complete(new Kept(bytes.toByteArray(), true));
        cancel();
        return;
      }
    }
  }

  @Override
  public void onError(Throwable cause) {
    kept.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    kept.complete(new Kept(bytes.toByteArray(), false));
  }

  /** Stops reading at once, or as soon as reading would begin. From any thread. */
  void abort() {
    aborted = true;
    cancel();
  }

  private void cancel() {
    Subscription source = subscription;
    if (source != null) {
      source.cancel();
    }
  }
}
