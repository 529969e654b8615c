package io.modeldiff.core.campaign;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.serialization.CborSerializable;
import io.modeldiff.core.space.NllRange;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a campaign computes. Two campaigns with equal specs give
 * bit-identical histories on one machine. Use {@link CampaignSpecs#builder} to get one with
 * sensible defaults.
 *
 * @param model the model that is sampled
 * @param space Ω
 * @param z the NLL range of interest, nats per token
 * @param seed of all randomness
 * @param lanes C, independent chains per replica
 * @param method how to sample
 * @param kernels mixture of Markov moves, never empty
 * @param ladder β's in ascending order, or empty: placed by the pilot
 * @param movesPerRound S, local moves of every lane before each swap phase
 * @param evaluations budget in full-sequence-equivalent forward passes
 * @param targetError relative standard error of PD/PA that ends sampling, or null: budget only
 * @param bin width of the z histogram, nats per token
 * @param floor lower bound on z inside the sampled distribution, or null: none
 * @param burnIn share of the budget whose rounds never count, 0 ≤ burnIn &lt; 1
 * @param smcReplicates R, independent SMC replicates of the pilot or of method smc
 * @param smcParticles M, particles of each
 * @param refresh whether the β = 1 rung draws a fresh sequence every round
 * @param closureRung whether an automatic ladder begins with β = 0
 * @param ownStreams whether the random numbers depend on the model besides the seed, so that two
 *     models' campaigns with one seed are independent; false in campaigns of earlier versions
 */
public record CampaignSpec(
    ModelRef model,
    SpaceSpec space,
    NllRange z,
    long seed,
    int lanes,
    SamplingMethod method,
    List<KernelWeight> kernels,
    double[] ladder,
    int movesPerRound,
    long evaluations,
    @Nullable Double targetError,
    double bin,
    @Nullable Double floor,
    double burnIn,
    int smcReplicates,
    int smcParticles,
    boolean refresh,
    boolean closureRung,
    boolean ownStreams)
    implements CborSerializable {

  /** Narrower bins hold single inputs only, and more of them than memory holds. */
  public static final double LEAST_BIN = 0.0001;

  public CampaignSpec {
    kernels = List.copyOf(kernels);
    require(lanes >= 1 && lanes <= 4096, "lanes (--lanes) must be 1 to 4096, but was " + lanes);
    require(!kernels.isEmpty(), "at least one kernel must be named (--kernels)");
    requireLadder(ladder);
    require(movesPerRound >= 1, "moves per round must be at least 1, but was " + movesPerRound);
    require(
        evaluations >= 1, "evaluations (--evaluations) must be positive, but was " + evaluations);
    require(
        targetError == null || (targetError > 0 && targetError < 1),
        "the target error (--target-error) must be between 0 and 1, but was " + targetError);
    require(
        bin >= LEAST_BIN && Double.isFinite(bin),
        "the bin width (--bin) must be at least " + LEAST_BIN + " nats per token, but was " + bin);
    require(
        floor == null || (Double.isFinite(floor) && floor <= z.low()),
        "the floor (--floor) must not lie above the lower end of Z, but was " + floor);
    require(burnIn >= 0 && burnIn < 1, "burn-in must be in [0, 1), but was " + burnIn);
    require(smcReplicates >= 2, "SMC replicates must be at least 2, but was " + smcReplicates);
    require(smcParticles >= 2, "SMC particles must be at least 2, but was " + smcParticles);
  }

  private static void requireLadder(double[] ladder) {
    for (int k = 0; k < ladder.length; k++) {
      require(
          ladder[k] >= 0 && Double.isFinite(ladder[k]),
          "every β of the ladder must be a finite number of at least 0, but one was " + ladder[k]);
      require(
          k == 0 || ladder[k] > ladder[k - 1],
          "the ladder's β's must be in ascending order without repeats, but were "
              + Arrays.toString(ladder));
    }
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw UserException.badInput(
          Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ".");
    }
  }

  /** Refuses a space that does not fit the model. */
  public void requireFits(ModelInfo info) {
    int needed = space.prefix().length + space.length();
    require(
        needed <= info.positions(),
        "the length (--length) "
            + space.length()
            + " with a prefix of "
            + space.prefix().length
            + " tokens needs "
            + needed
            + " positions, but model "
            + info.name()
            + " has "
            + info.positions()
            + "; choose N of at most "
            + (info.positions() - space.prefix().length));
    require(
        space.vocabulary() == info.vocabulary(),
        "the input space has a vocabulary of "
            + space.vocabulary()
            + ", but model "
            + info.name()
            + " has "
            + info.vocabulary()
            + "; the models of a comparison must share one tokenizer");
  }

  /** The budget in token positions. */
  @JsonIgnore
  public long positionsBudget() {
    return Math.multiplyExact(evaluations, (long) space.length());
  }

  /**
   * The seed of every random stream of the campaign. It differs between models: with the same
   * random numbers two similar models draw nearly the same inputs, and pooled errors, which take
   * the campaigns as independent, would come out too small.
   */
  @JsonIgnore
  public long streamSeed() {
    return ownStreams ? new CampaignSpecs.Digest().text(model.hash()).number(seed).leading() : seed;
  }

  /** Whether the pilot places the ladder. */
  @JsonIgnore
  public boolean automaticLadder() {
    return ladder.length == 0;
  }

  /** A new campaign that differs in its seed, of the same model wherever it lies now. */
  public CampaignSpec withSeed(ModelRef place, long newSeed) {
    return with(place, newSeed, evaluations, targetError, true);
  }

  /** The same campaign with another budget or target. */
  public CampaignSpec withBudget(long newEvaluations, @Nullable Double newTarget) {
    return with(model, seed, newEvaluations, newTarget, ownStreams);
  }

  private CampaignSpec with(
      ModelRef newModel,
      long newSeed,
      long newEvaluations,
      @Nullable Double newTarget,
      boolean newStreams) {
    return new CampaignSpec(
        newModel,
        space,
        z,
        newSeed,
        lanes,
        method,
        kernels,
        ladder,
        movesPerRound,
        newEvaluations,
        newTarget,
        bin,
        floor,
        burnIn,
        smcReplicates,
        smcParticles,
        refresh,
        closureRung,
        newStreams);
  }
}
