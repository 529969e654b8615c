package io.modeldiff.replica.kernel;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.TableLanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.replica.schedule.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Transition matrices of the kernels over a fully enumerated space, from the textbook: a proposal
 * matrix per shared choice, and Metropolis-Hastings with the explicit ratio
 * π(y)q(y→x)/(π(x)q(x→y)). Shares nothing with the kernels but the model's conditional rows.
 */
final class TransitionOracle {
  /** The conditional rows of a model: log p of every token behind a context. */
  interface Rows {
    /** Log-probabilities behind the first {@code length} tokens of a context. */
    double[] behind(int[] context, int length);
  }

  private final LanguageModel model;
  private final Rows rows;
  private final InputSpace space;
  private final double beta;
  private final double step;
  private final Map<String, float[][]> gradients = new HashMap<>();
  final List<int[]> states;
  final double[] pi;

  TransitionOracle(TableLanguageModel model, InputSpace space, Schedule schedule, int rung) {
    this(model, model::row, space, schedule, rung);
  }

  TransitionOracle(LanguageModel model, Rows rows, InputSpace space, Schedule schedule, int rung) {
    this.model = model;
    this.rows = rows;
    this.space = space;
    this.beta = schedule.ladder().beta(rung);
    this.step = schedule.steps()[rung];
    this.states = TableLanguageModel.enumerate(space);
    double[] weight = new double[states.size()];
    for (int s = 0; s < weight.length; s++) {
      double energy = energy(states.get(s));
      weight[s] = Math.exp(-beta * energy + schedule.bias().at(energy / space.scored()));
    }
    double sum = Arrays.stream(weight).sum();
    this.pi = Arrays.stream(weight).map(w -> w / sum).toArray();
  }

  /** One proposal matrix per equally likely shared choice. */
  List<double[][]> proposals(KernelName name) {
    List<double[][]> all = new ArrayList<>();
    int n = space.length();
    switch (name) {
      case SUFFIX -> {
        for (int cut = 0; cut < n; cut++) {
          all.add(redraw(cut, n));
        }
      }
      case CONDITIONAL -> {
        for (int site = 0; site < n; site++) {
          all.add(redraw(site, site + 1));
        }
      }
      case WINDOW -> {
        for (int cut = 0; cut < n; cut++) {
          for (int power = 0; power <= 4; power++) {
            all.add(redraw(cut, Math.min(n, cut + (1 << power))));
          }
        }
      }
      case METROPOLIS -> {
        for (int site = 0; site < n; site++) {
          all.add(uniform(site));
        }
      }
      case GIBBS -> {
        for (int site = 0; site < n; site++) {
          all.add(conditional(site));
        }
      }
      case GWG -> all.add(informed());
      case DMALA -> all.add(langevin());
    }
    return all;
  }

  /**
   * The transition matrix; a distortion of the log acceptance ratio makes it deliberately wrong.
   */
  double[][] matrix(KernelName name, double distortion) {
    int size = states.size();
    double[][] p = new double[size][size];
    List<double[][]> choices = proposals(name);
    for (double[][] q : choices) {
      for (int x = 0; x < size; x++) {
        double stay = 1;
        for (int y = 0; y < size; y++) {
          if (y != x && q[x][y] > 0) {
            double ratio = pi[x] == 0 ? (pi[y] > 0 ? 1 : 0) : pi[y] * q[y][x] / (pi[x] * q[x][y]);
            double move = q[x][y] * Math.min(1, Math.pow(ratio, 1 - distortion));
            p[x][y] += move / choices.size();
            stay -= move;
          }
        }
        p[x][x] += stay / choices.size();
      }
    }
    return p;
  }

  /** The largest |π(x)P(x,y) − π(y)P(y,x)|. */
  double detailedBalanceError(double[][] p) {
    double worst = 0;
    for (int x = 0; x < pi.length; x++) {
      for (int y = 0; y < pi.length; y++) {
        worst = Math.max(worst, Math.abs(pi[x] * p[x][y] - pi[y] * p[y][x]));
      }
    }
    return worst;
  }

  /** The largest |(πP)(y) − π(y)|. */
  double stationarityError(double[][] p) {
    double worst = 0;
    for (int y = 0; y < pi.length; y++) {
      double sum = 0;
      for (int x = 0; x < pi.length; x++) {
        sum += pi[x] * p[x][y];
      }
      worst = Math.max(worst, Math.abs(sum - pi[y]));
    }
    return worst;
  }

  private double energy(int[] x) {
    double sum = 0;
    for (int i = space.prefix().length == 0 ? 1 : 0; i < x.length; i++) {
      sum -= Math.log(probability(x, i, x[i], 1));
    }
    return sum;
  }

  /** p(v | prefix, x_&lt;i)^β / c_β over the allowed tokens; uniform where unscored. */
  private double probability(int[] x, int i, int v, double power) {
    int[] allowed = space.allowed();
    if (space.prefix().length == 0 && i == 0) {
      return 1.0 / allowed.length;
    }
    int length = space.prefix().length + i;
    int[] context = Arrays.copyOf(space.prefix(), length);
    System.arraycopy(x, 0, context, space.prefix().length, i);
    double[] row = rows.behind(context, length);
    double sum = 0;
    double own = 0;
    for (int a : allowed) {
      double w = Math.pow(Math.exp(row[a]), power);
      sum += w;
      own += a == v ? w : 0;
    }
    return own / sum;
  }

  private double[][] redraw(int from, int to) {
    return fill(
        (x, y) -> {
          double q = 1;
          for (int i = 0; i < x.length; i++) {
            if (i < from || i >= to) {
              q *= x[i] == y[i] ? 1 : 0;
            } else {
              q *= probability(y, i, y[i], beta);
            }
          }
          return q;
        });
  }

  private double[][] uniform(int site) {
    return fill(
        (x, y) ->
            differences(x, y) == 1 && x[site] != y[site] ? 1.0 / (space.allowed().length - 1) : 0);
  }

  private double[][] conditional(int site) {
    double[][] q = fill((x, y) -> differsOnlyAt(x, y, site) ? 1 : 0);
    for (double[] row : q) {
      double sum = 0;
      for (int y = 0; y < row.length; y++) {
        row[y] *= pi[y];
        sum += row[y];
      }
      for (int y = 0; y < row.length; y++) {
        row[y] = sum > 0 ? row[y] / sum : 0;
      }
    }
    return q;
  }

  private double[][] informed() {
    double[][] q =
        fill(
            (x, y) -> {
              if (differences(x, y) != 1) {
                return 0;
              }
              float[][] g = gradient(x);
              double sum = 0;
              for (int i = 0; i < x.length; i++) {
                sum += beta * ((double) g[i][x[i]] - g[i][y[i]]);
              }
              return Math.exp(sum / 2);
            });
    for (double[] row : q) {
      double sum = Arrays.stream(row).sum();
      for (int y = 0; y < row.length; y++) {
        row[y] /= sum;
      }
    }
    return q;
  }

  private double[][] langevin() {
    return fill(
        (x, y) -> {
          float[][] g = gradient(x);
          double q = 1;
          for (int i = 0; i < x.length; i++) {
            double sum = 0;
            double own = 0;
            for (int v : space.allowed()) {
              double w = Math.exp(-beta * ((double) g[i][v] - g[i][x[i]]) / 2);
              w *= v == x[i] ? 1 : Math.exp(-1 / step);
              sum += w;
              own += v == y[i] ? w : 0;
            }
            q *= own / sum;
          }
          return q;
        });
  }

  private float[][] gradient(int[] x) {
    return gradients.computeIfAbsent(
        Arrays.toString(x), k -> model.gradient(space, new int[][] {x})[0]);
  }

  private static int differences(int[] x, int[] y) {
    int count = 0;
    for (int i = 0; i < x.length; i++) {
      count += x[i] != y[i] ? 1 : 0;
    }
    return count;
  }

  private static boolean differsOnlyAt(int[] x, int[] y, int site) {
    int[] z = y.clone();
    z[site] = x[site];
    return Arrays.equals(x, z);
  }

  private interface Entry {
    double at(int[] x, int[] y);
  }

  private double[][] fill(Entry entry) {
    double[][] q = new double[states.size()][states.size()];
    for (int x = 0; x < q.length; x++) {
      for (int y = 0; y < q.length; y++) {
        q[x][y] = entry.at(states.get(x), states.get(y));
      }
    }
    return q;
  }
}
