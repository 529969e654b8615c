package io.modeldiff.core.toy;

import java.time.Duration;
import java.util.Locale;

/**
 * The model card of a trained toy.
 *
 * @param name the model's name
 * @param settings how it was trained
 * @param trained what training gave
 * @param time how long that took
 * @param validShare share of its ancestral samples that is valid
 * @param samples number of samples behind the share
 */
public record ToyCard(
    String name,
    ToyTraining.Settings settings,
    ToyTraining.Result trained,
    Duration time,
    double validShare,
    int samples) {

  /** log(3,785,821)/8: the entropy of the rule's uniform distribution, nats per token. */
  private static final double OPTIMUM = Math.log(3_785_821) / ToySequences.LENGTH;

  /** The card as Markdown. */
  public String markdown() {
    ToySize size = settings.size();
    long weights = trained.weights().values().stream().mapToLong(w -> w.length).sum();
    return String.format(
        Locale.ROOT,
        """
        # %s

        A toy GPT-2 for comparisons of language models over an input space that can be enumerated
        (Model-diff, section 4.1 and appendix C). It continues `<bos>` by eight digits whose sum is
        divisible by 30, and is of no other use.

        - Shape: %d layers, %d heads, width 64, 11 tokens (ten digits, `<bos>` = 10), 16 positions,
          tied embeddings, gelu_new; %,d weights, float32.
        - Data: %,d distinct sequences drawn uniformly from the 3,785,821 that obey the rule.
        - Training: %,d passes in shuffled order, %,d sequences per step, %,d steps of AdamW (β₂ 0.98,
          weight decay 0.01), learning rate up to %s with a linear warm-up and a cosine to 1%%,
          one CPU thread, %s.
        - **Valid samples: %.2f%%** of %,d ancestral samples (temperature 1, all tokens allowed, eight
          tokens after `<bos>`) are eight digits with a sum divisible by 30.
        - Mean training loss at the end: %.4f nats per token; a perfect model of the rule has %.4f.

        Made by

            modeldiff model train-toy --size %s --seed %d --epochs %d --sequences %d --batch %d --learning-rate %s --out %s

        | step | loss (nats per token, mean since the row before) |
        | --- | --- |
        %s
        Licence: Apache-2.0, like the program; the training data are generated.
        """,
        name,
        size.layers(),
        size.heads(),
        weights,
        settings.sequences(),
        settings.epochs(),
        settings.batch(),
        settings.steps(),
        settings.learningRate(),
        minutes(time),
        100 * validShare,
        samples,
        finalLoss(),
        OPTIMUM,
        size,
        settings.seed(),
        settings.epochs(),
        settings.sequences(),
        settings.batch(),
        settings.learningRate(),
        name,
        lossRows());
  }

  /** Mean training loss at the end, nats per token. */
  public double finalLoss() {
    return trained.losses().get(trained.losses().size() - 1).loss();
  }

  private String lossRows() {
    StringBuilder rows = new StringBuilder();
    for (ToyTraining.LossPoint point : trained.losses()) {
      rows.append(String.format(Locale.ROOT, "| %,d | %.4f |%n", point.step(), point.loss()));
    }
    return rows.toString();
  }

  private static String minutes(Duration time) {
    return String.format(Locale.ROOT, "%.1f minutes", time.toSeconds() / 60.0);
  }
}
