package io.modeldiff.web.ui.part;

/** What each quantity means, in two sentences, and where the papers define it. */
public enum Topic {
  NLL(
      "NLL",
      "The mean negative log-likelihood of a text's tokens under a model, in nats per token. Low"
          + " means that the model finds the text likely.",
      "z(x) = −(1/n) Σᵢ ln p(xᵢ | x₍<ᵢ₎)",
      "Model-diff, section 2"),
  Z_RANGE(
      "Range Z",
      "Only inputs whose NLL lies in Z = [z₋, z₊] count as meaningful. Below it texts are mostly"
          + " repetitions, above it they are noise; most inputs lie close to the upper end.",
      "X_A = { x : z_A(x) ∈ Z }",
      "Model-diff, section 2.1"),
  D(
      "Prediction difference D",
      "The NLL of an input under A minus its NLL under B, in nats per token. Negative: A finds the"
          + " input likelier than B does.",
      "D = z_A(x) − z_B(x)",
      "Model-diff, section 2.1"),
  RHO_D(
      "ρ(D)",
      "How many inputs there are at each prediction difference: red over the inputs that A finds"
          + " meaningful, blue over those of B. The band is the 95% interval.",
      "ρ_{A→B}(D) = Σ_{x∈X_A} δ(D − (z_A(x) − z_B(x)))",
      "Model-diff, eq. 1, 2, 10, 11"),
  RHO_Z(
      "ρ(z)",
      "How many inputs there are at each NLL, by reweighting the samples of all rungs. Counts grow"
          + " about exponentially with z.",
      "ρ(z) = Σ_x δ(z − z(x))",
      "Model-diff, section 2"),
  PD(
      "Prediction disagreement (PD)",
      "The number of inputs that the model which found them likes better than the other model does,"
          + " by more than λ.",
      "PD_{A→B} = Σ_{D<−λ} ρ_{A→B}(D),  PD_{B→A} = Σ_{D>λ} ρ_{B→A}(D)",
      "Model-diff, Table 1"),
  PA(
      "Prediction agreement (PA)",
      "The number of inputs that the other model likes even better than the model which found them,"
          + " by more than λ.",
      "PA_{A→B} = Σ_{D>λ} ρ_{A→B}(D),  PA_{B→A} = Σ_{D<−λ} ρ_{B→A}(D)",
      "Model-diff, Table 1"),
  RATIO(
      "Ratio",
      "The four counts relative to the first. Pooled and absolute counts need no overlap of the"
          + " models; R3 divides by the overlap as the paper does and is not estimable without"
          + " one.",
      "PD_{A→B} : PA_{A→B} : PA_{B→A} : PD_{B→A}",
      "Model-diff, eq. 3, 5–7, 12, 13"),
  LAMBDA(
      "Threshold λ",
      "Differences of at most λ nats per token count as a tie. λ = 0 counts every difference.",
      "|D| > λ",
      "Model-diff, section 2.1"),
  R3(
      "Region R3",
      "The inputs that both models place inside Z, boxed in the picture. The paper normalises by"
          + " their number.",
      "X_{A∩B} = { x : z_A(x) ∈ Z and z_B(x) ∈ Z }",
      "Model-diff, section 3.3, figure 2c"),
  BETA(
      "Inverse temperature β",
      "A rung at β samples inputs in proportion to exp(−β·E). β = 1 is the model itself, β = 0 the"
          + " uniform distribution; the paper's T is 1/(β·n).",
      "π_β(x) ∝ exp(−β·E(x)),  E(x) = n·z(x)",
      "Model-diff, eq. 4"),
  CONVERGENCE(
      "Convergence",
      "A result is called converged only when the chains agree with each other (R̂), with an"
          + " independent sampler (SMC) and with what is known exactly (closure). Swap rates alone"
          + " do not show that.",
      "R̂ < 1.05,  |log Z_PT − log Z_SMC| ≤ 3 se,  closure ≤ 3 se",
      "Model-diff, section 3; Vehtari et al. 2021"),
  ESS(
      "Effective samples",
      "How many independent draws the correlated chains are worth, in the bulk and in the tails."
          + " The standard error of a mean is its spread divided by the square root of this"
          + " number.",
      "ESS = M·L / (1 + 2 Σ_t ρ_t)",
      "Vehtari et al. 2021"),
  LADDER(
      "Ladder",
      "Neighbouring rungs exchange temperatures; the rejection of each pair adds up to Λ. About"
          + " 2Λ+1 rungs are best.",
      "Λ = Σ_k r(β_k, β_{k+1})",
      "Hukushima & Nemoto 1996; Syed et al. 2021"),
  EVALUATIONS(
      "Evaluations",
      "Forward passes, counted as full sequences: token positions computed, divided by N.",
      "positions / N",
      "the unit of cost on every page"),
  ERROR(
      "Standard error",
      "How far an estimate typically lies from the truth, by how much independent lanes differ. It"
          + " shrinks like one over the square root of the rounds; where it does not, something has"
          + " not mixed yet.",
      "se = sd over lanes / √lanes",
      "jackknife over lane groups"),
  WEIGHT(
      "Weight",
      "The number of inputs that one sampled input stands for. Weights correct for sampling likely"
          + " inputs more often.",
      "w(x) = 1 / Σ_k N_k exp(f_k − β_k E(x))",
      "Swendsen & Wang 1986; Shirts & Chodera 2008"),
  PRECISION(
      "Precision",
      "The share of a term's inputs that people find good. The interval holds what is not known of"
          + " the counts and of the people.",
      "precision = Σ r(D)·ρ(D) / Σ ρ(D)",
      "Model-diff, eq. 8"),
  RECALL(
      "Recall",
      "Of all inputs of a model's set that people find good, the share that lies in the term. It"
          + " needs both terms of the set annotated.",
      "recall = Σ_term r(D)·ρ(D) / Σ_all r(D)·ρ(D)",
      "Model-diff, eq. 9"),
  ALPHA(
      "Krippendorff's alpha",
      "How far people agree beyond chance: 1 is perfect, 0 is chance. Nominal asks whether scores"
          + " are equal, ordinal for their ranks, interval for their distance.",
      "α = 1 − D_observed / D_expected",
      "Krippendorff 2011"),
  PROB_DIFF(
      "Probability difference",
      "The probability of the token under model 2 minus that under model 1. Blue: model 2 likes it"
          + " better; red: model 1 does.",
      "p₂(xᵢ) − p₁(xᵢ)",
      "LMdiff, section 3.1"),
  RANK_DIFF(
      "Rank difference",
      "The token's rank among all tokens under model 2 minus that under model 1; rank 1 is the most"
          + " likely. Clamped ranks treat everything beyond 50 alike.",
      "r₂(xᵢ) − r₁(xᵢ)",
      "LMdiff, section 3.1"),
  SURPRISAL_DIFF(
      "Surprisal difference",
      "The negative log-probability under model 2 minus that under model 1. Negative: model 2 likes"
          + " the text better; per byte it can be compared across tokenizers.",
      "−ln p₂(xᵢ) + ln p₁(xᵢ)",
      "the difference of NLLs, token by token"),
  TOPK_DIFF(
      "Top-10 difference",
      "How many of model 1's ten most likely tokens are not among model 2's ten.",
      "| top₁₀(1) \\ top₁₀(2) |",
      "LMdiff, section 3.1");

  private final String title;
  private final String text;
  private final String equation;
  private final String source;

  Topic(String title, String text, String equation, String source) {
    this.title = title;
    this.text = text;
    this.equation = equation;
    this.source = source;
  }

  /** Name of the quantity. */
  public String title() {
    return title;
  }

  /** Its explanation. */
  public String text() {
    return text;
  }

  /** Its definition. */
  public String equation() {
    return equation;
  }

  /** Where it is defined. */
  public String source() {
    return source;
  }
}
