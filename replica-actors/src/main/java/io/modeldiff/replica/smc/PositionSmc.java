package io.modeldiff.replica.smc;

import io.modeldiff.core.lm.Conditionals;
import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import java.util.Arrays;

/**
 * Sequential Monte Carlo over positions (Del Moral et al. 2006): particles grow token by token, x_i
 * ~ p(·|x_&lt;i)^β/c_β(x_&lt;i), their weights take up c_β(x_&lt;i), and the population is
 * resampled systematically when its effective size falls below M/2. The product of the mean weights
 * is an unbiased estimate of Z_β.
 *
 * <p>A replicate is a pure function of (spec, replicate). It advances position by position; after a
 * restart {@link #advance} repeats the cache's calls up to the state's position, which by the
 * cache's contract gives the same bits, and goes on from there. Confined to one thread.
 */
public final class PositionSmc implements AutoCloseable {
  private static final long STREAM = 4;
  private static final long DRAW = 0;
  private static final long RESAMPLE = 1;
  private final LaneCache cache;
  private final SmcSpec spec;
  private final int replicate;
  private boolean warm;

  /** One replicate of a population on a model. */
  public PositionSmc(LanguageModel model, InputSpace space, SmcSpec spec, int replicate) {
    this.cache = model.openLanes(space, spec.particles());
    this.spec = spec;
    this.replicate = replicate;
  }

  /** Runs one replicate from start to end. */
  public static SmcResult run(LanguageModel model, InputSpace space, SmcSpec spec, int replicate) {
    try (PositionSmc smc = new PositionSmc(model, space, spec, replicate)) {
      SmcState state = smc.start();
      while (state.position() < space.length()) {
        state = smc.advance(state);
      }
      return smc.finish(state);
    }
  }

  /** The empty particles. */
  public SmcState start() {
    int m = spec.particles();
    return new SmcState(0, new int[m][0], new double[m], new double[m], 0, 0, 0);
  }

  /** Grows every particle by one token, and resamples if need be. */
  public SmcState advance(SmcState state) {
    if (!warm || cache.filled() != state.position()) {
      rebuild(state);
    }
    return step(state);
  }

  private void rebuild(SmcState wanted) {
    cache.clear();
    warm = true;
    SmcState state = start();
    while (state.position() < wanted.position()) {
      state = step(state);
    }
    if (!Arrays.deepEquals(state.tokens(), wanted.tokens())) {
      throw new IllegalStateException(
          "replicate " + replicate + " does not repeat itself up to position " + wanted.position());
    }
  }

  private SmcState step(SmcState state) {
    int m = spec.particles();
    int at = state.position();
    double[] beta = new double[m];
    Arrays.fill(beta, spec.beta());
    Conditionals next =
        cache.extend(beta, random(at, DRAW).uniforms(m), new double[] {spec.beta()});
    int[][] tokens = new int[m][];
    double[] energies = new double[m];
    double[] logWeights = new double[m];
    for (int p = 0; p < m; p++) {
      tokens[p] = Arrays.copyOf(state.tokens()[p], at + 1);
      tokens[p][at] = next.tokens()[p][at];
      energies[p] = state.energies()[p] - next.logP()[p][0];
      logWeights[p] = state.logWeights()[p] + next.logNormalizer()[p][0][0];
    }
    SmcState grown =
        new SmcState(
            at + 1,
            tokens,
            energies,
            logWeights,
            state.logMean(),
            state.resamplings(),
            state.positions() + m);
    boolean last = at + 1 == cache.space().length();
    return last || Resampling.effective(logWeights) >= m / 2.0 ? grown : resample(grown);
  }

  private SmcState resample(SmcState state) {
    int m = spec.particles();
    int[] ancestors =
        Resampling.ancestors(state.logWeights(), random(state.position() - 1, RESAMPLE).uniform());
    cache.reindex(ancestors);
    int[][] tokens = new int[m][];
    double[] energies = new double[m];
    for (int p = 0; p < m; p++) {
      tokens[p] = state.tokens()[ancestors[p]].clone();
      energies[p] = state.energies()[ancestors[p]];
    }
    double logMean = LogSum.of(state.logWeights()) - Math.log(m);
    return new SmcState(
        state.position(),
        tokens,
        energies,
        new double[m],
        state.logMean() + logMean,
        state.resamplings() + 1,
        state.positions());
  }

  /** The result of particles that have all their tokens. */
  public SmcResult finish(SmcState state) {
    if (state.position() != cache.space().length()) {
      throw new IllegalStateException("the particles lack tokens");
    }
    double log = LogSum.of(state.logWeights());
    double[] normalised = new double[spec.particles()];
    Arrays.setAll(normalised, p -> state.logWeights()[p] - log);
    return new SmcResult(
        spec.beta(),
        replicate,
        state.tokens(),
        state.energies(),
        normalised,
        state.logMean() + log - Math.log(spec.particles()),
        state.resamplings(),
        state.positions());
  }

  private KeyedRandom random(int position, long use) {
    return KeyedRandom.of(spec.seed(), STREAM, spec.stream(), betaKey(), replicate, position, use);
  }

  private long betaKey() {
    return Double.doubleToLongBits(spec.beta());
  }

  @Override
  public void close() {
    cache.close();
  }
}
