package io.modeldiff.core.toy;

import java.util.Locale;

/** The two toy shapes of Model-diff, section 4.1; both are 64 wide. */
public enum ToySize {
  /** 4 heads, 6 layers. */
  SMALL(6, 4),
  /** 8 heads, 8 layers. */
  LARGE(8, 8);

  private final int layers;
  private final int heads;

  ToySize(int layers, int heads) {
    this.layers = layers;
    this.heads = heads;
  }

  /** Number of transformer blocks. */
  public int layers() {
    return layers;
  }

  /** Number of attention heads. */
  public int heads() {
    return heads;
  }

  /** The word for it on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
