package io.modeldiff.core.lm;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.space.InputSpace;
import java.util.List;

/**
 * A loaded language model. Calls from several threads are safe; each device works them off one at a
 * time. Results depend only on the arguments (same shape, same bits, on one machine).
 */
public interface LanguageModel extends AutoCloseable {
  /** What is known of it. */
  ModelInfo info();

  /** Its tokenizer. */
  Tokenizer tokenizer();

  /** Opens a cache for {@code lanes} sequences of a space. Causal models only. */
  LaneCache openLanes(InputSpace space, int lanes);

  /** Opens a walk over the prefix tree of a small space. Causal models only. */
  default PrefixTree openTree(InputSpace space) {
    throw UserException.badInput("Model " + info().name() + " cannot be enumerated.");
  }

  /**
   * Opens walks that may be used at the same time, each from its own thread: as many as the machine
   * works on side by side, at least 1.
   *
   * @param most how many there is work for, at least 1
   */
  default List<PrefixTree> openTrees(InputSpace space, int most) {
    return List.of(openTree(space));
  }

  /**
   * Energies E(x) = −Σ log p (nats per sequence) by the canonical path, in batches of a fixed shape
   * so that a sequence's energy does not depend on its neighbours' number. Causal models only.
   *
   * @param tokens [count][N]
   * @return [count]
   */
  double[] energies(InputSpace space, int[][] tokens);

  /**
   * Most inputs, prefix included, of a text that is scored as a whole. More than the model's
   * positions where its rotary positions stretch with the text.
   */
  default int longest() {
    return info().positions();
  }

  /**
   * Full-vocabulary scores of texts of any length up to {@link #longest}, batched by length. Causal
   * models are scored behind their BOS (EOS when they have none); masked models mask each content
   * token in turn.
   *
   * @param texts token ids without special tokens, each possibly empty
   * @param topK how many most likely tokens to return per position, 0 for none
   */
  List<TokenScores> score(List<int[]> texts, int topK);

  /**
   * The same with a masked model, except that the last token of each text is scored where the model
   * sees it: LMdiff never masks it. Masked models only.
   */
  default List<TokenScores> scoreSeeingLast(List<int[]> texts, int topK) {
    throw UserException.badInput("Model " + info().name() + " does not mask tokens.");
  }

  /**
   * The same as {@link #score(List, int)} behind any prefix, with probabilities renormalised over
   * the allowed tokens and ranks among them. Causal models only.
   *
   * @param prefix token ids before every text, never scored; empty: a text's first token is not
   *     scored either
   * @param allowed ascending ids of the tokens that may appear; a text with another one is refused
   */
  default List<TokenScores> score(List<int[]> texts, int[] prefix, int[] allowed, int topK) {
    throw UserException.badInput(
        "Model " + info().name() + " cannot be scored with --prefix or --allow.");
  }

  /**
   * Full-vocabulary log-probabilities (natural log, float32) at every scored position of one text,
   * for divergences between models: [scored][vocabulary].
   */
  float[][] logProbabilities(int[] text);

  /**
   * Log-probabilities of a plain forward pass over exactly these inputs: nothing is prepended,
   * nothing masked. Causal models: row i predicts the token after input i. Masked models: row i
   * predicts the token at i, which the model sees; special tokens are the caller's.
   *
   * @return [inputs][vocabulary], natural log, float32
   */
  default float[][] forward(int[] input) {
    throw UserException.failed("Model " + info().name() + " has no plain forward pass.");
  }

  /**
   * Attention weights of the same pass.
   *
   * @return [layers][heads][inputs][inputs]; row i is where input i looks, and sums to 1
   */
  default float[][][][] attention(int[] input) {
    throw UserException.failed("Model " + info().name() + " does not give its attention weights.");
  }

  /**
   * Gradient of E with respect to one-hot inputs at the sequence's own tokens (Grathwohl et al.
   * 2021): entry [b][i][v] = ∂E/∂onehot_{i,v}. Both roles of a token count: as input to later
   * positions and as scored target.
   *
   * @param tokens [count][N]
   * @return [count][N][vocabulary], nats; +∞ at tokens that are not allowed
   */
  float[][][] gradient(InputSpace space, int[][] tokens);

  @Override
  void close();
}
