package io.modeldiff.core.lm.arch;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.core.lm.files.ConfigJson;
import java.util.Map;

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
    // Where both are given, the older field counts, as in the reference implementation.
    boolean older = !c.object("rope_scaling").json().isEmpty();
    ConfigJson scaling = c.object(older ? "rope_scaling" : "rope_parameters");
    requireFlat(scaling);
    double theta = scaling.number("rope_theta", c.number(thetaName, 10000));
    if (theta <= 0) {
      throw scaling.unsupported("rope_theta", theta, "numbers above 0");
    }
    String type = scaling.text("rope_type", scaling.text("type", "default"));
    float[] frequencies = Rope.plain(theta, dim);
    Rope.Stretch stretch = null;
    switch (type) {
      case "default" -> {}
      case "dynamic" -> stretch = stretch(c, scaling, theta, dim);
      case "linear" -> divide(frequencies, (float) positive(scaling, "factor"));
      case "llama3" -> llama3(frequencies, scaling, originalPositions(c, scaling));
      default -> throw scaling.unsupported("rope_type", type, SUPPORTED);
    }
    return new Rope(frequencies, stretch);
  }

  private static double positive(ConfigJson scaling, String name) {
    double value = scaling.number(name);
    if (value <= 0) {
      throw scaling.unsupported(name, value, "numbers above 0");
    }
    return value;
  }

  /** Parameters of their own for kinds of layers are another model's. */
  private static void requireFlat(ConfigJson scaling) {
    for (Map.Entry<String, JsonNode> e : scaling.json().properties()) {
      if (e.getValue().isObject()) {
        throw scaling.unsupported(e.getKey(), e.getValue(), "the same parameters for all layers");
      }
    }
  }

  /** The positions before scaling: the model's own field first, its present positions last. */
  private static double originalPositions(ConfigJson c, ConfigJson scaling) {
    String name = "original_max_position_embeddings";
    return c.number(name, scaling.number(name, c.number("max_position_embeddings", 0)));
  }

  private static Rope.Stretch stretch(ConfigJson c, ConfigJson scaling, double theta, int dim) {
    double factor = scaling.number("factor");
    if (factor < 1 || dim <= 2) {
      throw scaling.unsupported("factor", factor, "numbers from 1, more than 2 rotated dimensions");
    }
    return new Rope.Stretch(theta, dim, factor, c.count("max_position_embeddings"));
  }

  private static void divide(float[] f, float factor) {
    for (int j = 0; j < f.length; j++) {
      f[j] /= factor;
    }
  }

  /** Long wavelengths are stretched by the factor, short ones kept, those between interpolated. */
  private static void llama3(float[] f, ConfigJson s, double original) {
    double factor = positive(s, "factor");
    double low = positive(s, "low_freq_factor");
    double high = positive(s, "high_freq_factor");
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
