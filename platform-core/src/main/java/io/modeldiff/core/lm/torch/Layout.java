package io.modeldiff.core.lm.torch;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.space.InputSpace;
import java.util.Arrays;

/**
 * Where the tokens of prefix + sequence stand among a model's inputs: input t is the t-th of them,
 * and the hidden state there predicts sequence position t + 1 − |prefix|.
 */
final class Layout {
  private final InputSpace space;
  private final int[] prefix;
  private final int[] columns;

  Layout(InputSpace space) {
    this.space = space;
    this.prefix = space.prefix();
    this.columns = new int[space.vocabulary()];
    Arrays.fill(columns, -1);
    for (int c = 0; c < space.allowed().length; c++) {
      columns[space.allowed()[c]] = c;
    }
  }

  /** The head's column of each token, −1 where it is not allowed. */
  int[] columns() {
    return columns;
  }

  /** First input that differs between sequences or predicts one of their tokens. */
  int firstInput() {
    return Math.max(prefix.length - 1, 0);
  }

  /** Number of inputs: the last token of a sequence predicts nothing. */
  int inputs() {
    return prefix.length + space.length() - 1;
  }

  /** The input at which a sequence position is predicted; −1 for an unscored one. */
  int inputOf(int position) {
    return prefix.length + position - 1;
  }

  /** First sequence position that the model scores: 1 without a prefix, else 0. */
  int firstScored() {
    return prefix.length == 0 ? 1 : 0;
  }

  /** Writes the token ids of inputs [first, first + count) of prefix + sequence. */
  void fill(long[] ids, int at, int count, int first, int[] sequence) {
    for (int i = 0; i < count; i++) {
      int p = first + i;
      ids[at + i] = p < prefix.length ? prefix[p] : sequence[p - prefix.length];
    }
  }

  /** Refuses a sequence of another length, or with a token from a position on that may not be. */
  void requireAllowed(int[] sequence, int from) {
    if (sequence.length != space.length()) {
      throw UserException.badInput(
          "A sequence has " + sequence.length + " tokens, but N = " + space.length() + ".");
    }
    for (int i = from; i < sequence.length; i++) {
      if (sequence[i] < 0 || sequence[i] >= columns.length || columns[sequence[i]] < 0) {
        throw UserException.badInput(
            "Token id "
                + sequence[i]
                + " at position "
                + i
                + " is not allowed in the input space.");
      }
    }
  }

  /** The token of each of the head's columns. */
  int[] allowed() {
    return space.allowed();
  }
}
