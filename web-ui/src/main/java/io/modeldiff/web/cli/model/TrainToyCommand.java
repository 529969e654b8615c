package io.modeldiff.web.cli.model;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.toy.ToyCard;
import io.modeldiff.core.toy.ToyDirectory;
import io.modeldiff.core.toy.ToySamples;
import io.modeldiff.core.toy.ToySize;
import io.modeldiff.core.toy.ToyTraining;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.console.ProgressDisplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code modeldiff model train-toy}. */
@Command(
    name = "train-toy",
    description =
        "Train a toy GPT-2 on strings of eight digits whose sum is divisible by 30, and write it as"
            + " a Hugging Face directory.")
final class TrainToyCommand extends ResultCommand {
  private static final int SAMPLES = 20_000;

  @Option(
      names = "--size",
      required = true,
      paramLabel = "small|large",
      description = "6 layers with 4 heads, or 8 layers with 8 heads.")
  private @Nullable ToySize size;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The directory to write; it must not exist yet.")
  private @Nullable Path out;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of data, starting weights and order (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--epochs",
      paramLabel = "E",
      defaultValue = "2",
      description = "Passes through the training sequences (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--sequences",
      paramLabel = "K",
      defaultValue = "" + ToyTraining.SEQUENCES,
      description = "Number of training sequences (default: ${DEFAULT-VALUE}).")
  private int sequences;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "256",
      description = "Sequences per optimiser step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      defaultValue = "0.003",
      description = "Peak learning rate (default: ${DEFAULT-VALUE}).")
  private float learningRate;

  TrainToyCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws IOException {
    Path directory = Objects.requireNonNull(out).toAbsolutePath().normalize();
    if (Files.exists(directory)) {
      throw UserException.badInput(
          directory
              + " exists already; name a directory that does not, models are never overwritten.");
    }
    ToyTraining.Settings settings =
        new ToyTraining.Settings(
            Objects.requireNonNull(size), seed, epochs, sequences, batch, learningRate);
    long started = System.nanoTime();
    ToyTraining.Result trained = train(settings);
    Duration time = Duration.ofNanos(System.nanoTime() - started);
    ToyDirectory.write(directory, settings.size(), trained);
    double share = validShare(directory);
    ToyCard card =
        new ToyCard(
            Objects.requireNonNull(directory.getFileName()).toString(),
            settings,
            trained,
            time,
            share,
            SAMPLES);
    Files.writeString(directory.resolve("MODEL_CARD.md"), card.markdown());
    print(directory, settings, share, card);
  }

  private ToyTraining.Result train(ToyTraining.Settings settings) {
    ToyTraining training = new ToyTraining(settings);
    try (ProgressDisplay progress = console().progress("Training", settings.steps(), "steps")) {
      return training.run(
          progress,
          point -> progress.detail(String.format(Locale.ROOT, "loss %.4f", point.loss())));
    }
  }

  private double validShare(Path directory) {
    try (LanguageModel model = ModelLoader.load(directory, LoadOptions.defaults())) {
      return ToySamples.validShare(model, SAMPLES, seed);
    }
  }

  private void print(Path directory, ToyTraining.Settings settings, double share, ToyCard card) {
    double loss = card.finalLoss();
    if (json()) {
      JsonDocument.print(
          console(),
          Map.of(
              "directory", directory.toString(),
              "size", settings.size().toString(),
              "seed", settings.seed(),
              "steps", settings.steps(),
              "loss", loss,
              "validShare", share));
    } else {
      console()
          .out()
          .printf(
              Locale.ROOT,
              "%s: loss %.4f nats per token, %.2f%% of %,d samples are valid.%n",
              directory,
              loss,
              100 * share,
              SAMPLES);
    }
  }
}
