package io.modeldiff.analysis.reweighting;

import java.util.List;

/**
 * A campaign's mixture density tabulated over the energies that occur, so that millions of samples
 * are weighted without an exponential per rung: cubic Hermite interpolation of the log density
 * (error far below 1e-9 at this spacing), and per cell its ratio under every left-out group.
 *
 * <p>Not thread-safe: energies outside the table, and cells where a floor makes the density jump,
 * are evaluated directly into a scratch row.
 */
public final class DensityTable {
  private static final double WIDTH = 0.005;
  private static final int MAX_CELLS = 32_768;

  private final List<MixtureDensity> mixtures;
  private final int groups;
  private final double from;
  private final double width;
  private final int cells;
  private final double[] value;
  private final double[] slope;
  private final boolean[] jump;
  private final double[] ratios;

  /** Tabulates over [lowest, highest] energies in nats. */
  public DensityTable(CampaignWeights weights, double lowest, double highest) {
    this.mixtures = weights.mixtures();
    this.groups = mixtures.size() - 1;
    double range = Math.max(highest - lowest, WIDTH);
    this.cells = (int) Math.min(MAX_CELLS, Math.ceil(range / WIDTH));
    this.width = range / cells;
    this.from = lowest;
    this.value = new double[cells + 1];
    this.slope = new double[cells + 1];
    this.jump = new boolean[cells];
    this.ratios = new double[(cells + 1) * groups];
    fill();
  }

  private void fill() {
    MixtureDensity full = mixtures.get(0);
    for (double floor : full.jumps()) {
      double cell = (floor - from) / width;
      if (cell >= -1 && cell <= cells) {
        // Neighbours too: rounding must not decide on which side of a jump an energy lies.
        for (int c = (int) Math.floor(cell) - 1; c <= (int) Math.floor(cell) + 1; c++) {
          if (c >= 0 && c < cells) {
            jump[c] = true;
          }
        }
      }
    }
    for (int i = 0; i <= cells; i++) {
      double e = from + i * width;
      value[i] = full.logAt(e);
      slope[i] = full.slopeAt(e);
      if (i < cells) {
        fillRatios(e + width / 2, i * groups);
      }
    }
  }

  private void fillRatios(double energy, int offset) {
    double full = mixtures.get(0).logAt(energy);
    for (int g = 0; g < groups; g++) {
      ratios[offset + g] = Math.exp(mixtures.get(1 + g).logAt(energy) - full);
    }
  }

  private int cell(double energy) {
    double position = (energy - from) / width;
    int cell = (int) position;
    if (position >= 0 && cell < cells && !jump[cell]) {
      return cell;
    }
    return cell == cells && position == cells && !jump[cells - 1] ? cells - 1 : -1;
  }

  /** log Σ_k N_k e^{f_k − β_k E} from all lanes. */
  public double logAt(double energy) {
    int c = cell(energy);
    if (c < 0) {
      return mixtures.get(0).logAt(energy);
    }
    double t = (energy - from) / width - c;
    double u = 1 - t;
    return u * u * ((1 + 2 * t) * value[c] + t * width * slope[c])
        + t * t * ((3 - 2 * t) * value[c + 1] - u * width * slope[c + 1]);
  }

  /** Where in {@link #ratios} the groups' density ratios at an energy start. */
  public int ratioOffset(double energy) {
    int c = cell(energy);
    if (c >= 0) {
      return c * groups;
    }
    fillRatios(energy, cells * groups);
    return cells * groups;
  }

  /** Density without group g over the density with all, at {@link #ratioOffset} + g. */
  public double[] ratios() {
    return ratios;
  }
}
