package io.modeldiff.web.cli.campaign;

import io.modeldiff.core.error.UserException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The fields of a specification as options; they win over those of a file. */
final class SpecOptions {
  private final Map<String, String> given = new LinkedHashMap<>();

  private void take(String name, String value) {
    given.put(name, value);
  }

  /** What was given, by field. */
  Map<String, String> given() {
    return given;
  }

  @Option(names = "--model", paramLabel = "M", description = "The model: name or directory.")
  private void setModel(String value) {
    take("model", value);
  }

  @Option(names = "--length", paramLabel = "N", description = "Number of tokens of a sequence.")
  private void setLength(String value) {
    take("length", value);
  }

  @Option(
      names = "--z",
      paramLabel = "LO:HI",
      description = "The range Z of meaningful mean NLL, nats per token, for example 1.74:2.00.")
  private void setZ(String value) {
    take("z", value);
  }

  @Option(
      names = "--prefix",
      paramLabel = "bos|none|TEXT",
      description = "What stands before every sequence, never scored (default: bos).")
  private void setPrefix(String value) {
    take("prefix", value);
  }

  @Option(
      names = "--allow",
      paramLabel = "all|no-special|IDS",
      description = "Which tokens may appear (default: all).")
  private void setAllow(String value) {
    take("allow", value);
  }

  @Option(names = "--dtype", paramLabel = "f32|f16|auto", description = "Precision of the weights.")
  private void setDtype(String value) {
    take("dtype", value);
  }

  @Option(names = "--method", paramLabel = "tempering|smc|paper", description = "How to sample.")
  private void setMethod(String value) {
    take("method", value);
  }

  @Option(names = "--kernels", paramLabel = "K[:W],...", description = "Markov moves and weights.")
  private void setKernels(String value) {
    take("kernels", value);
  }

  @Option(names = "--ladder", paramLabel = "B0,B1,...", description = "Inverse temperatures β.")
  private void setLadder(String value) {
    take("ladder", value);
  }

  @Option(
      names = "--temperatures",
      paramLabel = "T0,T1,...",
      description = "The ladder as the paper's temperatures T = 1/(β·n).")
  private void setTemperatures(String value) {
    take("temperatures", value);
  }

  @Option(names = "--moves", paramLabel = "S", description = "Moves between two swap phases.")
  private void setMoves(String value) {
    take("moves", value);
  }

  @Option(names = "--lanes", paramLabel = "C", description = "Independent chains per replica.")
  private void setLanes(String value) {
    take("lanes", value);
  }

  @Option(names = "--seed", paramLabel = "S", description = "Seed of all randomness (default: 1).")
  private void setSeed(String value) {
    take("seed", value);
  }

  @Option(
      names = "--evaluations",
      paramLabel = "MAX",
      description = "Budget in full-sequence-equivalent forward passes (default: 200000).")
  private void setEvaluations(String value) {
    take("evaluations", value);
  }

  @Option(
      names = "--target-error",
      paramLabel = "R",
      description = "Stop when the relative standard error of every PD/PA term is at most R.")
  private void setTargetError(String value) {
    take("target-error", value);
  }

  @Option(names = "--bin", paramLabel = "W", description = "Bin width of the histograms.")
  private void setBin(String value) {
    take("bin", value);
  }

  @Option(
      names = "--floor",
      paramLabel = "Z",
      description = "Keep the sampled distribution above this NLL (nats per token).")
  private void setFloor(String value) {
    take("floor", value);
  }

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "Any other field of a specification file, for example --set burn-in=0.2.")
  private void set(Map<String, String> values) {
    values.forEach(
        (name, value) -> {
          if (!SpecFields.KNOWN.contains(name)) {
            throw UserException.badInput(
                "--set: there is no field '"
                    + name
                    + "'; the fields are "
                    + String.join(", ", SpecFields.KNOWN)
                    + ".");
          }
          take(name, value);
        });
  }
}
