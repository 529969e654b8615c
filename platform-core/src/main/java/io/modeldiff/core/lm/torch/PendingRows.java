package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * Hidden states of positions that are to be read, gathered from passes until they are enough for a
 * large product with the output matrix. On the device's thread only.
 */
final class PendingRows implements AutoCloseable {
  private final Head head;
  private final NDManager manager;
  private final Reader reader;
  private final List<PtNDArray> parts = new ArrayList<>();
  private final List<Long> targets = new ArrayList<>();
  private final List<int[]> places = new ArrayList<>();

  /** Receives the logits of some positions. */
  interface Reader {
    /**
     * Reads.
     *
     * @param logits of at least the positions
     * @param targets the column of the token at each position
     * @param places text and place within its scores of each
     */
    void read(List<LogitPart> logits, long[] targets, List<int[]> places);
  }

  PendingRows(Head head, NDManager manager, Reader reader) {
    this.head = head;
    this.manager = manager;
    this.reader = reader;
  }

  /** Keeps the hidden states [n, d] of positions. */
  void add(PtNDArray hidden, long[] columns, List<int[]> at) {
    hidden.attach(manager);
    parts.add(hidden);
    for (long column : columns) {
      targets.add(column);
    }
    places.addAll(at);
  }

  /** Reads what fills a product, or everything. */
  void read(boolean everything) {
    int chunk = head.bulk();
    int waiting = places.size();
    int count = everything ? waiting : waiting / chunk * chunk;
    if (count == 0) {
      return;
    }
    PtNDArray rows = parts.size() == 1 ? parts.get(0) : JniUtils.cat(array(parts), 0);
    for (int from = 0; from < count; from += chunk) {
      readRows(rows, from, Math.min(count, from + chunk));
    }
    PtNDArray rest = count == waiting ? null : copy(rows, count, waiting);
    rows.close();
    close();
    if (rest != null) {
      parts.add(rest);
    }
    targets.subList(0, count).clear();
    places.subList(0, count).clear();
  }

  private static PtNDArray[] array(List<PtNDArray> list) {
    return list.toArray(PtNDArray[]::new);
  }

  private static PtNDArray copy(PtNDArray rows, int from, int to) {
    PtNDArray view = Torch.slice(rows, 0, from, to);
    PtNDArray copy = JniUtils.clone(view);
    view.close();
    return copy;
  }

  private void readRows(PtNDArray rows, int from, int to) {
    PtNDArray some = Torch.slice(rows, 0, from, to);
    List<LogitPart> logits = head.bulkLogits(some);
    long[] columns = targets.subList(from, to).stream().mapToLong(Long::longValue).toArray();
    reader.read(logits, columns, List.copyOf(places.subList(from, to)));
    logits.forEach(LogitPart::close);
    some.close();
  }

  @Override
  public void close() {
    parts.forEach(PtNDArray::close);
    parts.clear();
  }
}
