package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelDirectory.MaskIds;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.lm.TokenScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores texts over the full vocabulary. What is run is a list of {@link Query}s: token rows of
 * which some positions are read. A causal text is one query that reads every position; a masked
 * text is one query per content token. Queries are batched by length; where a model would see
 * padding, only equally long ones share a batch.
 */
final class Scoring {
  /** Positions of one pass: enough that the weights' way into the caches is soon paid for. */
  private static final int POSITIONS = 2048;

  private final TorchModel model;
  private final Transformer transformer;
  private final Head head;
  private final ModelInfo info;
  private final @Nullable MaskIds maskIds;
  private final int[] prefix;
  private final int @Nullable [] allowed;
  private final boolean masksLast;

  /** Behind the model's start token, over the whole vocabulary. */
  Scoring(TorchModel model) {
    this(model, true);
  }

  /**
   * The same.
   *
   * @param masksLast whether a masked model's last token of a text is masked like the others
   */
  Scoring(TorchModel model, boolean masksLast) {
    this(model, model.info().bos().stream().toArray(), null, model.fullHead(), masksLast);
  }

  /**
   * Scores behind any prefix.
   *
   * @param prefix token ids before every text; empty: its first token is not scored
   * @param allowed the columns of the head as ascending token ids, or null for all
   */
  Scoring(TorchModel model, int[] prefix, int @Nullable [] allowed, Head head) {
    this(model, prefix, allowed, head, true);
  }

  private Scoring(
      TorchModel model, int[] prefix, int @Nullable [] allowed, Head head, boolean masksLast) {
    this.model = model;
    this.transformer = model.transformer();
    this.head = head;
    this.prefix = prefix;
    this.allowed = allowed;
    this.info = model.info();
    this.maskIds = model.maskIds();
    this.masksLast = masksLast;
  }

  /**
   * One row of tokens to run.
   *
   * @param inputs token ids
   * @param from first position read
   * @param targets token to score at each position read
   * @param text index of the text
   * @param at index of the first scored token within the text's scores
   */
  private record Query(int[] inputs, int from, int[] targets, int text, int at) {}

  List<TokenScores> score(List<int[]> texts, int topK) {
    TokenReader reader =
        new TokenReader(head, topK, texts.stream().mapToInt(this::scored).toArray());
    run(texts, reader::read);
    List<TokenScores> result = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      result.add(reader.scores(i, texts.get(i), firstScored()));
    }
    return List.copyOf(result);
  }

  float[][] logProbabilities(int[] text) {
    float[][] result = new float[scored(text)][];
    int v = head.size();
    run(
        List.of(text),
        (logits, targets) -> {
          PtNDArray[] parts = logits.stream().map(LogitPart::logits).toArray(PtNDArray[]::new);
          PtNDArray all = JniUtils.cat(parts, 1);
          PtNDArray some = Torch.slice(all, 1, 0, v);
          PtNDArray logp = JniUtils.logSoftmax(some, -1, DataType.FLOAT32);
          float[] flat = logp.toFloatArray();
          Torch.close(all, some, logp);
          for (Target t : targets) {
            result[t.at()] = Arrays.copyOfRange(flat, t.row() * v, (t.row() + 1) * v);
          }
        });
    return result;
  }

  private boolean masked() {
    return info.kind() == ModelKind.MASKED;
  }

  /** 0 when a token starts the text or every token is masked in turn, else 1. */
  private int firstScored() {
    return masked() || prefix.length > 0 ? 0 : 1;
  }

  private int scored(int[] text) {
    return Math.max(0, text.length - firstScored());
  }

  private void run(List<int[]> texts, PendingRows.Reader reader) {
    List<Query> queries = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      requireFits(texts.get(i));
      if (scored(texts.get(i)) > 0) {
        add(queries, texts.get(i), i);
      }
    }
    queries.sort(Comparator.comparingInt(q -> q.inputs().length));
    try (NDManager m = model.manager().newSubManager();
        PendingRows pending = new PendingRows(head, m, reader)) {
      for (int from = 0; from < queries.size(); ) {
        List<Query> batch = queries.subList(from, batchEnd(queries, from));
        boolean last = from + batch.size() == queries.size();
        model
            .queue()
            .call(
                () -> {
                  runBatch(batch, m, pending);
                  pending.read(last);
                  return true;
                });
        from += batch.size();
      }
    }
  }

  private void requireFits(int[] text) {
    int extra = masked() ? 2 : prefix.length - 1;
    if (text.length + extra > model.longest()) {
      throw UserException.badInput(
          "A text of "
              + text.length
              + " tokens does not fit model "
              + info.name()
              + ", which has "
              + model.longest()
              + " positions; shorten it or score it in windows.");
    }
    for (int id : text) {
      if (id < 0 || id >= info.vocabulary()) {
        throw UserException.badInput(
            "Token id "
                + id
                + " is outside the vocabulary 0.."
                + (info.vocabulary() - 1)
                + " of model "
                + info.name()
                + ".");
      }
      if (column(id) < 0) {
        throw UserException.badInput(
            "Token id "
                + id
                + " ('"
                + model.tokenizer().token(id)
                + "') of a text is not among the allowed tokens; allow it or leave the text out.");
      }
    }
  }

  /** The column of the head that stands for a token. */
  private int column(int id) {
    return allowed == null ? id : Arrays.binarySearch(allowed, id);
  }

  private void add(List<Query> queries, int[] text, int index) {
    MaskIds ids = maskIds;
    if (ids != null) {
      for (int i = 0; i < text.length; i++) {
        int[] in = new int[text.length + 2];
        in[0] = ids.cls();
        System.arraycopy(text, 0, in, 1, text.length);
        in[text.length + 1] = ids.sep();
        if (masksLast || i < text.length - 1) {
          in[i + 1] = ids.mask();
        }
        queries.add(new Query(in, i + 1, new int[] {text[i]}, index, i));
      }
    } else {
      int[] in = Arrays.copyOf(prefix, prefix.length + text.length - 1);
      System.arraycopy(text, 0, in, prefix.length, text.length - 1);
      int[] targets = Arrays.copyOfRange(text, firstScored(), text.length);
      queries.add(new Query(in, Math.max(0, prefix.length - 1), targets, index, 0));
    }
  }

  /** End of the batch that begins at {@code from} in the order of lengths. */
  private int batchEnd(List<Query> queries, int from) {
    int to = from + 1;
    int inputs = queries.get(from).inputs().length;
    while (to < queries.size()) {
      int length = queries.get(to).inputs().length;
      // A masked model would see padding, and it would stretch stretching positions.
      boolean exact = masked() || length > info.positions();
      boolean other = exact && length != queries.get(from).inputs().length;
      boolean full = inputs + length > POSITIONS || to - from >= model.passRows(length, POSITIONS);
      if (other || full && to - from > 1) {
        break;
      }
      inputs += length;
      to++;
    }
    return to;
  }

  private void runBatch(List<Query> batch, NDManager manager, PendingRows pending) {
    List<int[]> inputs = batch.stream().map(Query::inputs).toList();
    RunTokens run = masked() ? RunTokens.all(inputs) : RunTokens.shared(inputs);
    List<Target> targets = targets(batch, run);
    long[] read = targets.stream().mapToLong(Target::row).distinct().toArray();
    try (NDManager m = manager.newSubManager()) {
      PtNDArray at = Torch.longs(m, read, read.length);
      int span = inputs.get(inputs.size() - 1).length;
      PtNDArray hidden = masked() ? hiddenAt(m, run, span, at) : hidden(m, run, span, at);
      List<Target> rows =
          targets.stream().map(t -> t.inRow(Arrays.binarySearch(read, t.row()))).toList();
      pending.add(hidden, rows);
    }
  }

  /** What is read from which of the tokens run, in their order. */
  private List<Target> targets(List<Query> batch, RunTokens run) {
    List<Target> targets = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      Query q = batch.get(row);
      for (int i = 0; i < q.targets().length; i++) {
        int token = run.places()[row][q.from() + i];
        targets.add(new Target(token, column(q.targets()[i]), q.text(), q.at() + i));
      }
    }
    targets.sort(Comparator.comparingInt(Target::row));
    return targets;
  }

  /** Hidden states of the tokens read, [count, d], of rows in ascending order of length. */
  private PtNDArray hidden(NDManager m, RunTokens run, int span, PtNDArray read) {
    PtNDArray x = embedded(m, run);
    try (AttentionMask mask = model.masks().of(m, 0, span, false);
        Packing packing = Packing.of(m, run, span)) {
      Pass pass = Pass.texts(run.places().length, span, mask, packing);
      return Torch.rows(transformer.run(x, pass), read);
    }
  }

  /** Hidden states of a masked model, [rows, d]: of each row at the one position that is read. */
  private PtNDArray hiddenAt(NDManager m, RunTokens run, int span, PtNDArray read) {
    Pass pass = Pass.texts(run.places().length, span, AttentionMask.NONE, null);
    return transformer.runTo(read, embedded(m, run), pass);
  }

  private PtNDArray embedded(NDManager m, RunTokens run) {
    return transformer.embed(
        Torch.longs(m, run.ids(), run.size()), Torch.of(transformer.weights().tokens()));
  }
}
