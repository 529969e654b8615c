package io.modeldiff.core.random;

import java.util.SplittableRandom;

/**
 * Random numbers that depend on nothing but their key: (seed, stream, a, b, c). A round that runs
 * again after a crash, on any worker, draws the same numbers.
 */
public final class KeyedRandom {
  private final SplittableRandom random;

  private KeyedRandom(long mixed) {
    this.random = new SplittableRandom(mixed);
  }

  /** A generator for the given key parts, in order. */
  public static KeyedRandom of(long seed, long... key) {
    long h = mix(seed ^ 0x9E3779B97F4A7C15L);
    for (long part : key) {
      h = mix(h ^ mix(part + 0x632BE59BD9B4E019L));
    }
    return new KeyedRandom(h);
  }

  // Finaliser of SplitMix64 (Steele, Lea and Flood 2014): every input bit reaches every output bit.
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform in the open interval (0, 1): never 0, so its logarithm is finite. */
  public double uniform() {
    return ((random.nextLong() >>> 12) + 0.5) * 0x1.0p-52;
  }

  /** Uniform integer in [0, bound). */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Standard normal (Box and Muller 1958). */
  public double normal() {
    return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  }

  /** Fills an array with uniforms in (0, 1). */
  public double[] uniforms(int count) {
    double[] u = new double[count];
    for (int i = 0; i < count; i++) {
      u[i] = uniform();
    }
    return u;
  }
}
