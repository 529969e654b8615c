package io.modeldiff.web.lab;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.PrefixTree;
import io.modeldiff.core.lm.TableLanguageModel;
import io.modeldiff.core.space.InputSpace;
import java.util.Arrays;

/**
 * All conditionals of a model over a small space, from one enumeration: the probability of a prefix
 * is the sum over the inputs below it. Sampling from them costs no forward pass, so that hundreds
 * of seeds can be had.
 */
final class ToyTables {
  private final InputSpace space;
  private final float[][] logMass;

  private ToyTables(InputSpace space) {
    this.space = space;
    this.logMass = new float[space.length() + 1][];
    int size = 1;
    for (int level = 0; level <= space.length(); level++) {
      logMass[level] = new float[size];
      size *= space.allowed().length;
    }
  }

  /** Enumerates a model; the space must have a prefix. */
  static ToyTables of(LanguageModel model, InputSpace space) {
    ToyTables tables = new ToyTables(space);
    float[] inputs = tables.logMass[space.length()];
    try (PrefixTree tree = model.openTree(space)) {
      tree.enumerate(
          new int[0],
          (first, energies) -> {
            for (int i = 0; i < energies.length; i++) {
              inputs[(int) first + i] = (float) -energies[i];
            }
          });
    }
    for (int level = space.length() - 1; level >= 0; level--) {
      tables.sum(level);
    }
    return tables;
  }

  private void sum(int level) {
    int width = space.allowed().length;
    float[] below = logMass[level + 1];
    for (int i = 0; i < logMass[level].length; i++) {
      double sum = 0;
      for (int v = 0; v < width; v++) {
        sum += Math.exp(below[i * width + v]);
      }
      logMass[level][i] = (float) Math.log(sum);
    }
  }

  /** Mean negative log-likelihood of the input with a rank, nats per token. */
  float z(int rank) {
    return -logMass[space.length()][rank] / space.scored();
  }

  /** Number of inputs. */
  int inputs() {
    return logMass[space.length()].length;
  }

  /** The model with these conditionals. */
  TableLanguageModel model(long name) {
    return new TableLanguageModel(space.vocabulary(), name, this::row);
  }

  private double[] row(int[] context, int length) {
    int level = length - space.prefix().length;
    int width = space.allowed().length;
    int rank = 0;
    for (int i = space.prefix().length; i < length; i++) {
      rank = rank * width + Arrays.binarySearch(space.allowed(), context[i]);
    }
    double[] row = new double[space.vocabulary()];
    Arrays.fill(row, Double.NEGATIVE_INFINITY);
    for (int v = 0; v < width; v++) {
      row[space.allowed()[v]] = logMass[level + 1][rank * width + v];
    }
    return row;
  }
}
