package io.modeldiff.replica.kernel;

/**
 * A Markov move of some lanes of one replica, each at its own rung, that leaves every lane's target
 * invariant. What it does depends only on the lanes' sequences and on the key.
 */
public interface Kernel {
  /** Whether the move needs log c_β of the current state. */
  boolean needsNormalizers();

  /** Makes one move of the given lanes (ascending, at least one). */
  Moved move(Lanes state, int[] lanes, MoveKey key);

  /** The kernel of a name. */
  static Kernel of(KernelName name) {
    return switch (name) {
      case SUFFIX -> new SuffixKernel();
      case WINDOW -> WindowKernel.shortStretch();
      case CONDITIONAL -> WindowKernel.singleSite();
      case METROPOLIS -> new MetropolisKernel();
      case GIBBS -> new GibbsKernel();
      case GWG -> new GibbsWithGradientsKernel();
      case DMALA -> new LangevinKernel();
    };
  }
}
