package io.modeldiff.core.lm;

/**
 * How to load a model.
 *
 * @param device {@code cpu}, {@code cuda}, {@code cuda:1} or {@code auto} (CUDA when there is one)
 * @param dtype {@code f32}, {@code f16} or {@code auto} (f32 on the CPU; on CUDA f16 where the
 *     weights are stored in 16 bits)
 * @param memoryBudget bytes that the intermediate results of one forward pass may take; larger
 *     batches are worked off in pieces of a fixed shape
 */
public record LoadOptions(String device, String dtype, long memoryBudget) {
  /** 1 GiB of intermediate results. */
  public static final long DEFAULT_BUDGET = 1L << 30;

  /** With the default memory budget. */
  public LoadOptions(String device, String dtype) {
    this(device, dtype, DEFAULT_BUDGET);
  }

  /** CPU, float32. */
  public static LoadOptions defaults() {
    return new LoadOptions("cpu", "f32");
  }
}
