package io.modeldiff.web.cli.score;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.InputSpaces;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.lm.TokenScores;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.web.cli.options.ContextOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Scores the texts of a source under one model, a bounded number at a time, in order. */
final class TextScorer {
  /** Texts that are scored in one call: enough to be sorted by length, few enough to hold. */
  private static final int TOGETHER = 256;

  /**
   * One scored text.
   *
   * @param ids its token ids
   * @param scores null when it has no scored token
   */
  record Scored(String text, int[] ids, @Nullable TokenScores scores) {}

  private final LanguageModel model;
  private final Tokenizer tokenizer;
  private final boolean plain;
  private final int[] prefix;
  private final int[] allowed;

  TextScorer(LanguageModel model, ContextOptions context) {
    this.model = model;
    this.tokenizer = model.tokenizer();
    ModelInfo info = model.info();
    boolean defaults =
        context.prefix().equals(InputSpaces.BOS) && context.allow().equals(InputSpaces.ALL);
    if (!defaults && info.kind() == ModelKind.MASKED) {
      throw UserException.badInput(
          info.name()
              + " is a masked model, which scores each token given all others; --prefix and --allow"
              + " do not apply to it.");
    }
    // A model without a start token leaves the first token unscored by default.
    this.plain = defaults;
    this.prefix =
        defaults
            ? info.bos().stream().toArray()
            : InputSpaces.prefix(info, tokenizer, context.prefix());
    this.allowed = InputSpaces.allowed(info, tokenizer, context.allow());
  }

  /** Checks every text before any work is done, and counts them. */
  long check(TextSource source, WorkMonitor monitor) {
    long[] count = {0};
    source.each(
        item -> {
          monitor.checkStop();
          requireFits(item, ids(item));
          count[0]++;
        });
    return count[0];
  }

  /** Scores all texts. */
  void score(TextSource source, WorkMonitor monitor, Consumer<Scored> sink) {
    List<String> texts = new ArrayList<>();
    List<int[]> ids = new ArrayList<>();
    long[] done = {0};
    source.each(
        item -> {
          int[] own = ids(item);
          texts.add(item.text() == null ? tokenizer.decode(own) : item.text());
          ids.add(own);
          if (ids.size() == TOGETHER) {
            flush(texts, ids, sink);
            monitor.done(done[0] += TOGETHER);
            monitor.checkStop();
          }
        });
    int rest = ids.size();
    flush(texts, ids, sink);
    monitor.done(done[0] + rest);
  }

  private void flush(List<String> texts, List<int[]> ids, Consumer<Scored> sink) {
    List<TokenScores> scores = plain ? model.score(ids, 0) : model.score(ids, prefix, allowed, 0);
    for (int i = 0; i < ids.size(); i++) {
      TokenScores own = scores.get(i);
      sink.accept(new Scored(texts.get(i), ids.get(i), own.logProb().length == 0 ? null : own));
    }
    texts.clear();
    ids.clear();
  }

  private int[] ids(TextSource.Item item) {
    int[] given = item.ids();
    return given != null ? given : tokenizer.encode(Objects.requireNonNull(item.text()));
  }

  private void requireFits(TextSource.Item item, int[] ids) {
    ModelInfo info = model.info();
    // A masked model's text stands between two special tokens.
    int others = info.kind() == ModelKind.MASKED ? 2 : prefix.length - 1;
    if (others + ids.length > model.longest()) {
      throw UserException.badInput(
          item.place()
              + " has "
              + ids.length
              + " tokens, but "
              + info.name()
              + " has room for "
              + (model.longest() - others)
              + "; shorten it or split it.");
    }
    for (int id : ids) {
      if (id < 0 || id >= info.vocabulary()) {
        throw UserException.badInput(
            item.place()
                + ": token id "
                + id
                + " is outside the vocabulary of "
                + info.name()
                + ", 0.."
                + (info.vocabulary() - 1)
                + ".");
      }
      if (Arrays.binarySearch(allowed, id) < 0) {
        throw UserException.badInput(
            item.place()
                + " contains token "
                + id
                + " ('"
                + tokenizer.token(id)
                + "'), which --allow leaves out.");
      }
    }
  }
}
