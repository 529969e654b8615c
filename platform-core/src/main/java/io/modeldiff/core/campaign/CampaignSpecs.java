package io.modeldiff.core.campaign;

import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Building campaign specs with defaults, and the id that a spec stands for. */
public final class CampaignSpecs {
  private CampaignSpecs() {}

  /** A spec of defaults for a model, space and range. */
  public static Builder builder(ModelRef model, InputSpace space, NllRange z) {
    return new Builder(model, space, z);
  }

  /**
   * The id of a campaign: the same for the same spec and model files, so that a command that is run
   * again goes on where it was. The model's name and path do not count, its hash does.
   */
  public static String id(CampaignSpec spec) {
    Digest d = new Digest().text(spec.model().hash()).text(spec.model().dtype());
    SpaceSpec space = spec.space();
    d.number(space.length()).numbers(space.prefix()).numbers(space.allowedRanges());
    d.number(space.vocabulary()).real(spec.z().low()).real(spec.z().high()).number(spec.seed());
    d.number(spec.lanes()).text(spec.method().word());
    for (KernelWeight k : spec.kernels()) {
      d.text(k.kernel()).real(k.weight());
    }
    d.number(spec.ladder().length);
    for (double beta : spec.ladder()) {
      d.real(beta);
    }
    d.number(spec.movesPerRound()).number(spec.evaluations()).optional(spec.targetError());
    d.real(spec.bin()).optional(spec.floor()).real(spec.burnIn());
    d.number(spec.smcReplicates()).number(spec.smcParticles());
    d.number(spec.refresh() ? 1 : 0).number(spec.closureRung() ? 1 : 0);
    if (spec.ownStreams()) {
      d.text("own streams");
    }
    return "c" + d.hex();
  }

  /** Accumulates the parts of an id, each with its length, and hashes them. */
  public static final class Digest {
    private final MessageDigest sha;

    /** Nothing added yet. */
    public Digest() {
      try {
        sha = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java platform has SHA-256", e);
      }
    }

    /** Adds a text. */
    public Digest text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      number(bytes.length);
      sha.update(bytes);
      return this;
    }

    /** Adds an integer. */
    public Digest number(long n) {
      sha.update(ByteBuffer.allocate(Long.BYTES).putLong(n).array());
      return this;
    }

    /** Adds integers and their number. */
    public Digest numbers(int[] ns) {
      number(ns.length);
      for (int n : ns) {
        number(n);
      }
      return this;
    }

    /** Adds a number by its bits. */
    public Digest real(double x) {
      return number(Double.doubleToLongBits(x));
    }

    /** Adds a number or its absence. */
    public Digest optional(@Nullable Double x) {
      return x == null ? number(0) : number(1).real(x);
    }

    /** The first eight bytes as a number. */
    public long leading() {
      return ByteBuffer.wrap(sha.digest()).getLong();
    }

    /** The first 12 hex digits. */
    public String hex() {
      return HexFormat.of().formatHex(sha.digest()).substring(0, 12);
    }
  }

  /** Sets what differs from the defaults. */
  public static final class Builder {
    private final ModelRef model;
    private final SpaceSpec space;
    private final NllRange z;
    private long seed = 1;
    private @Nullable Integer lanes;
    private SamplingMethod method = SamplingMethod.TEMPERING;
    private @Nullable List<KernelWeight> kernels;
    private double[] ladder = {};
    private int movesPerRound = 2;
    private long evaluations = 200_000;
    private @Nullable Double targetError;
    private double bin = 0.02;
    private @Nullable Double floor;
    private double burnIn = 0.1;
    private int smcReplicates = 16;
    private int smcParticles = 1000;
    private @Nullable Boolean refresh;
    private @Nullable Boolean closureRung;

    private Builder(ModelRef model, InputSpace space, NllRange z) {
      this.model = model;
      this.space = SpaceSpec.of(space);
      this.z = z;
    }

    /** Seed of all randomness; default 1. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Independent chains per replica; default: {@link Sizing#lanes}. */
    public Builder lanes(int value) {
      lanes = value;
      return this;
    }

    /** How to sample; default tempering. */
    public Builder method(SamplingMethod value) {
      method = value;
      return this;
    }

    /** Mixture of moves; default suffix, with window mixed in from N = 50 on. */
    public Builder kernels(List<KernelWeight> value) {
      kernels = List.copyOf(value);
      return this;
    }

    /** Fixed β's, ascending; default: placed by the pilot. */
    public Builder ladder(double... betas) {
      ladder = betas.clone();
      return this;
    }

    /** Fixed ladder as the paper's temperatures T = 1/(β·n), in any order. */
    public Builder temperatures(double... temperatures) {
      double[] betas = new double[temperatures.length];
      for (int i = 0; i < betas.length; i++) {
        betas[i] = 1 / (space.scored() * temperatures[i]);
      }
      java.util.Arrays.sort(betas);
      ladder = betas;
      return this;
    }

    /** Moves of every lane in a round; default 2. */
    public Builder movesPerRound(int value) {
      movesPerRound = value;
      return this;
    }

    /** Budget in full-sequence-equivalent forward passes; default 200,000. */
    public Builder evaluations(long value) {
      evaluations = value;
      return this;
    }

    /** Relative standard error of PD/PA that ends sampling; default none. */
    public Builder targetError(@Nullable Double value) {
      targetError = value;
      return this;
    }

    /** Width of z bins, nats per token; default 0.02. */
    public Builder bin(double value) {
      bin = value;
      return this;
    }

    /** Lower bound on z inside the sampled distribution; default none. */
    public Builder floor(@Nullable Double value) {
      floor = value;
      return this;
    }

    /** Share of the budget that never counts; default 0.1. */
    public Builder burnIn(double value) {
      burnIn = value;
      return this;
    }

    /** SMC replicates; default 16. */
    public Builder smcReplicates(int value) {
      smcReplicates = value;
      return this;
    }

    /** Particles per SMC replicate; default 1000. */
    public Builder smcParticles(int value) {
      smcParticles = value;
      return this;
    }

    /** Fresh draws at β = 1 every round; default yes, except for method paper. */
    public Builder refresh(boolean value) {
      refresh = value;
      return this;
    }

    /** Whether an automatic ladder begins at β = 0; default: {@link Sizing#closure}. */
    public Builder closureRung(boolean value) {
      closureRung = value;
      return this;
    }

    /** The validated spec. */
    public CampaignSpec build() {
      return new CampaignSpec(
          model,
          space,
          z,
          seed,
          lanes == null ? Sizing.lanes(space, evaluations) : lanes,
          method,
          kernels == null ? defaultKernels() : kernels,
          ladder.length == 0 && method == SamplingMethod.PAPER ? paperLadder() : ladder,
          movesPerRound,
          evaluations,
          targetError,
          bin,
          floor,
          burnIn,
          smcReplicates,
          smcParticles,
          refresh == null ? method != SamplingMethod.PAPER : refresh,
          closureRung == null ? Sizing.closure(space, method, ladder) : closureRung,
          true);
    }

    /** The papers' range of T for 25 tokens covers these β's (Model-diff, appendix C). */
    private static double[] paperLadder() {
      return new double[] {0.7, 1.0, 1.6, 2.5, 4.0};
    }

    private List<KernelWeight> defaultKernels() {
      if (method == SamplingMethod.PAPER) {
        return List.of(new KernelWeight("gwg", 1));
      }
      return space.length() < 50
          ? List.of(new KernelWeight("suffix", 1))
          : List.of(new KernelWeight("suffix", 0.7), new KernelWeight("window", 0.3));
    }
  }
}
