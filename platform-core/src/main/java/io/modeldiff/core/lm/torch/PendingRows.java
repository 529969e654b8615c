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
  private final List<Target> targets = new ArrayList<>();
  private int waiting;

  /** Receives the logits of some positions. */
  interface Reader {
    /**
     * Reads.
     *
     * @param logits of the positions
     * @param targets what to read, in ascending order of row; something of every row
     */
    void read(List<LogitPart> logits, List<Target> targets);
  }

  PendingRows(Head head, NDManager manager, Reader reader) {
    this.head = head;
    this.manager = manager;
    this.reader = reader;
  }

  /**
   * Keeps the hidden states of positions.
   *
   * @param hidden [n, d]
   * @param sought what to read, in ascending order of row; something of every row
   */
  void add(PtNDArray hidden, List<Target> sought) {
    hidden.attach(manager);
    parts.add(hidden);
    sought.forEach(t -> targets.add(t.inRow(waiting + t.row())));
    waiting += (int) hidden.getShape().get(0);
  }

  /** Reads what fills a product, or everything. */
  void read(boolean everything) {
    int chunk = head.bulk();
    int count = everything ? waiting : waiting / chunk * chunk;
    if (count == 0) {
      return;
    }
    PtNDArray rows = parts.size() == 1 ? parts.get(0) : JniUtils.cat(array(parts), 0);
    for (int from = 0; from < count; from += chunk) {
      readRows(rows, from, Math.min(count, from + chunk));
    }
    List<Target> left = between(count, waiting);
    PtNDArray rest = count == waiting ? null : copy(rows, count, waiting);
    rows.close();
    close();
    if (rest != null) {
      add(rest, left);
    }
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
    reader.read(logits, between(from, to));
    logits.forEach(LogitPart::close);
    some.close();
  }

  /** What is to be read from some of the rows, which are counted from the first of them. */
  private List<Target> between(int from, int to) {
    return targets.stream()
        .filter(t -> t.row() >= from && t.row() < to)
        .map(t -> t.inRow(t.row() - from))
        .toList();
  }

  @Override
  public void close() {
    parts.forEach(PtNDArray::close);
    parts.clear();
    targets.clear();
    waiting = 0;
  }
}
