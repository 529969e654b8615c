package io.modeldiff.core.lm.arch;

import io.modeldiff.core.lm.files.ConfigJson;

/**
 * Reads rotary positions in both spellings: {@code rope_theta} with {@code rope_scaling}
 * (transformers 4) and {@code rope_parameters} (transformers 5).
 */
final class RopeReader {
  private static final String SUPPORTED = "default, linear, dynamic, llama3";

  private RopeReader() {}

  /**
   * Frequencies for {@code dim} rotated dimensions.
   *
   * @param thetaName the older spelling of the base, {@code rope_theta} or {@code rotary_emb_base}
   */
  static Rope read(ConfigJson c, String thetaName, int dim) {
    boolean modern = c.has("rope_parameters");
    ConfigJson scaling = c.object(modern ? "rope_parameters" : "rope_scaling");
    double theta =
        modern && scaling.has("rope_theta")
            ? scaling.number("rope_theta")
            : c.number(thetaName, 10000);
    String type = scaling.text("rope_type", scaling.text("type", "default"));
    float[] frequencies = plain(theta, dim);
    switch (type) {
      case "default" -> {}
      // Dynamic scaling begins beyond max_position_embeddings, which is the most we accept.
      case "dynamic" -> scaling.number("factor");
      case "linear" -> divide(frequencies, (float) scaling.number("factor"));
      case "llama3" -> llama3(frequencies, scaling);
      default -> throw scaling.unsupported("rope_type", type, SUPPORTED);
    }
    return new Rope(frequencies);
  }

  /** θ^(−2j/dim), in float32 like the reference. */
  private static float[] plain(double theta, int dim) {
    float[] f = new float[dim / 2];
    for (int j = 0; j < f.length; j++) {
      f[j] = 1f / (float) Math.pow((float) theta, (float) (2 * j) / dim);
    }
    return f;
  }

  private static void divide(float[] f, float factor) {
    for (int j = 0; j < f.length; j++) {
      f[j] /= factor;
    }
  }

  /** Long wavelengths are stretched by the factor, short ones kept, those between interpolated. */
  private static void llama3(float[] f, ConfigJson s) {
    double factor = s.number("factor");
    double low = s.number("low_freq_factor");
    double high = s.number("high_freq_factor");
    double original = s.number("original_max_position_embeddings");
    for (int j = 0; j < f.length; j++) {
      double wavelength = 2 * Math.PI / f[j];
      if (wavelength > original / low) {
        f[j] = (float) (f[j] / factor);
      } else if (wavelength >= original / high) {
        double smooth = (original / wavelength - low) / (high - low);
        f[j] = (float) ((1 - smooth) * f[j] / factor + smooth * f[j]);
      }
    }
  }
}
