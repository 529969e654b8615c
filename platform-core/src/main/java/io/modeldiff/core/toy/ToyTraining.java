package io.modeldiff.core.toy;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.optimizer.AdamW;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.work.WorkMonitor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Trains a toy model: next-token cross-entropy over seeded, shuffled passes through the training
 * sequences, by AdamW. The same settings give the same data, starting weights and order.
 */
public final class ToyTraining {
  /** The paper's number of training sequences. */
  public static final int SEQUENCES = 500_000;

  private static final long ORDER = 2;
  private static final int LOSS_POINTS = 40;

  /**
   * How to train.
   *
   * @param size which of the two shapes
   * @param seed of data, starting weights and order
   * @param epochs passes through the data
   * @param sequences number of distinct training sequences
   * @param batch sequences per step, so small that a step fits memory (about 0.5 MB a sequence)
   * @param learningRate peak of the schedule
   */
  public record Settings(
      ToySize size, long seed, int epochs, int sequences, int batch, float learningRate) {
    private static final int MOST_SEQUENCES = 3_000_000;
    private static final int LARGEST_BATCH = 4096;

    public Settings {
      require(epochs >= 1, "--epochs must be at least 1, but was " + epochs + ".");
      require(
          sequences >= 1 && sequences <= MOST_SEQUENCES,
          "--sequences must be 1 to " + MOST_SEQUENCES + ", but was " + sequences + ".");
      require(
          batch >= 1 && batch <= Math.min(sequences, LARGEST_BATCH),
          "--batch must be 1 to "
              + Math.min(sequences, LARGEST_BATCH)
              + ", but was "
              + batch
              + ".");
      require(
          learningRate > 0 && learningRate < 1,
          "--learning-rate must be between 0 and 1, but was " + learningRate + ".");
    }

    private static void require(boolean condition, String sentence) {
      if (!condition) {
        throw UserException.badInput(sentence);
      }
    }

    /** Number of optimiser steps. */
    public int steps() {
      return epochs * (sequences / batch);
    }
  }

  /**
   * A mean of the training loss over consecutive steps.
   *
   * @param step last step of the stretch
   * @param loss nats per token
   */
  public record LossPoint(int step, double loss) {}

  /**
   * What training gave.
   *
   * @param weights published tensor names to row-major float32 values
   * @param shapes tensor names to shapes
   * @param losses the loss curve
   */
  public record Result(
      Map<String, float[]> weights, Map<String, long[]> shapes, List<LossPoint> losses) {}

  private final Settings settings;
  private final int[] data;
  private final List<LossPoint> losses = new ArrayList<>();

  public ToyTraining(Settings settings) {
    this.settings = settings;
    this.data = ToySequences.draw(settings.sequences(), settings.seed());
  }

  /**
   * Trains to the end.
   *
   * @param monitor is told the number of finished steps
   * @param loss is told the recent mean loss, in nats per token, from time to time
   */
  public Result run(WorkMonitor monitor, Consumer<LossPoint> loss) {
    try (Model model = Model.newInstance("toy", Device.cpu())) {
      ToyNetwork network = new ToyNetwork(settings.size(), model.getNDManager());
      network.start(model.getNDManager(), settings.seed());
      model.setBlock(network);
      try (Trainer trainer = model.newTrainer(configuration())) {
        trainer.initialize(new Shape(settings.batch(), ToySequences.LENGTH));
        allSteps(trainer, monitor, loss);
      }
      return result(network);
    }
  }

  private DefaultTrainingConfig configuration() {
    int steps = settings.steps();
    LearningRate rate =
        new LearningRate(
            settings.learningRate(), Math.max(1, Math.min(500, steps / 10)), steps, 0.01f);
    return new DefaultTrainingConfig(new SoftmaxCrossEntropyLoss())
        .optDevices(new Device[] {Device.cpu()})
        .optOptimizer(
            AdamW.builder()
                .optLearningRateTracker(rate)
                .optBeta2(0.98f)
                .optWeightDecays(0.01f)
                .build());
  }

  private void allSteps(Trainer trainer, WorkMonitor monitor, Consumer<LossPoint> listener) {
    int perEpoch = data.length / settings.batch();
    int stretch = Math.max(1, settings.steps() / LOSS_POINTS);
    double sum = 0;
    int step = 0;
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      int[] order = shuffled(KeyedRandom.of(settings.seed(), ORDER, epoch));
      for (int i = 0; i < perEpoch; i++) {
        monitor.checkStop();
        sum += step(trainer, order, i * settings.batch());
        monitor.done(++step);
        if (step % stretch == 0) {
          LossPoint point = new LossPoint(step, sum / stretch);
          losses.add(point);
          listener.accept(point);
          sum = 0;
        }
      }
    }
  }

  private double step(Trainer trainer, int[] order, int from) {
    int batch = settings.batch();
    int length = ToySequences.LENGTH;
    int[] inputs = new int[batch * length];
    int[] targets = new int[batch * length];
    for (int b = 0; b < batch; b++) {
      int sequence = data[order[from + b]];
      for (int i = 0; i < length; i++) {
        targets[b * length + i] = ToySequences.digit(sequence, i);
        inputs[b * length + i] = i == 0 ? ToyNetwork.BOS : targets[b * length + i - 1];
      }
    }
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDArray x = manager.create(inputs, new Shape(batch, length));
      NDArray y = manager.create(targets, new Shape((long) batch * length));
      double loss;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDArray logits = trainer.forward(new NDList(x)).head();
        NDArray mean = trainer.getLoss().evaluate(new NDList(y), new NDList(logits));
        gradients.backward(mean);
        loss = mean.getFloat();
      }
      trainer.step();
      return loss;
    }
  }

  private int[] shuffled(KeyedRandom random) {
    int[] order = new int[data.length];
    for (int i = 0; i < order.length; i++) {
      int j = random.below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private Result result(ToyNetwork network) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    network
        .named()
        .forEach(
            (name, parameter) -> {
              weights.put("transformer." + name, parameter.getArray().toFloatArray());
              shapes.put("transformer." + name, parameter.getShape().getShape());
            });
    return new Result(weights, shapes, List.copyOf(losses));
  }
}
