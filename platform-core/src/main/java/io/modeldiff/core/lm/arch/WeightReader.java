package io.modeldiff.core.lm.arch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.arch.TransformerWeights.Affine;
import io.modeldiff.core.lm.arch.TransformerWeights.Layer;
import io.modeldiff.core.lm.files.WeightFiles;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads tensors by name into float32 arrays and puts them into the layout of {@link
 * TransformerWeights}. Names are looked up with and without the architecture's prefix, as published
 * checkpoints have both. Finished arrays are converted to the target precision by {@link #keep};
 * everything else is freed with the manager.
 */
public final class WeightReader {
  /** Elements read at once: few enough to stay in the processor's cache. */
  private static final int CHUNK = 1 << 18;

  /** Elements of an array whose memory Java can address. */
  private static final long PART = 1L << 28;

  private final WeightFiles files;
  private NDManager scratch;
  private final NDManager target;
  private final DataType dtype;
  private final String prefix;
  private final Set<NDArray> unshared = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param files validated weight files
   * @param scratch for float32 intermediates, on the CPU
   * @param target where finished arrays live
   * @param dtype precision of finished arrays
   * @param prefix optional name prefix, e.g. {@code transformer.}
   */
  public WeightReader(
      WeightFiles files, NDManager scratch, NDManager target, DataType dtype, String prefix) {
    this.files = files;
    this.scratch = scratch;
    this.target = target;
    this.dtype = dtype;
    this.prefix = prefix;
  }

  /** Whether the model will compute in 16 bits. */
  public boolean half() {
    return dtype == DataType.FLOAT16;
  }

  private String resolve(String name) {
    return files.has(name) ? name : prefix + name;
  }

  /** Whether a tensor is there, with or without the prefix. */
  public boolean has(String name) {
    return files.has(resolve(name));
  }

  /** Reads a tensor, which must exist and have this shape. */
  public NDArray read(String name, long... shape) {
    if (!has(name)) {
      throw UserException.badInput(
          "The tensor "
              + prefix
              + name
              + " (or "
              + name
              + ") is missing in the safetensors files of "
              + files.directory()
              + "; config.json asks for it, so the weights are incomplete.");
    }
    String full = resolve(name);
    files.require(full, shape);
    Shape whole = new Shape(shape);
    if (whole.size() <= PART) {
      NDArray array = filled(full, 0, whole);
      unshared.add(array);
      return array;
    }
    NDList parts = new NDList();
    for (long at = 0; at < whole.size(); at += PART) {
      parts.add(filled(full, at, new Shape(Math.min(PART, whole.size() - at))));
    }
    return NDArrays.concat(parts).reshape(whole);
  }

  /** Elements of a tensor from one on, written straight into libtorch's memory. */
  private NDArray filled(String name, long from, Shape shape) {
    NDArray array = scratch.create(shape, DataType.FLOAT32);
    FloatBuffer memory = ((PtNDArray) array).toByteBuffer(true).asFloatBuffer();
    float[] chunk = new float[0];
    for (long at = 0; at < shape.size(); at += CHUNK) {
      int length = (int) Math.min(CHUNK, shape.size() - at);
      chunk = chunk.length == length ? chunk : new float[length];
      files.read(name, from + at, chunk);
      memory.put(chunk);
    }
    return array;
  }

  /**
   * Reads the layers one after the other. What one read but did not keep is freed before the next.
   *
   * @param layer reads the i-th
   */
  public List<Layer> layers(int count, IntFunction<Layer> layer) {
    List<Layer> layers = new ArrayList<>();
    NDManager outer = scratch;
    for (int i = 0; i < count; i++) {
      try (NDManager own = outer.newSubManager()) {
        scratch = own;
        layers.add(layer.apply(i));
      } finally {
        scratch = outer;
      }
    }
    return layers;
  }

  /**
   * Reads the token embeddings. Where they are tied to the output matrix, a checkpoint may hold the
   * shared matrix under either name.
   */
  public NDArray readTokens(String name, String head, boolean tied, long vocabulary, long width) {
    String stored = tied && !has(name) && has(head) ? head : name;
    return read(stored, vocabulary, width);
  }

  /**
   * Whether two names stand for one tensor: config.json says so, and the checkpoint does not hold
   * both with different values. Where it does, what was stored counts, as in the reference
   * implementation.
   */
  public boolean tied(boolean configured, String name, String other, long... shape) {
    return configured
        && (!has(name) || !has(other) || read(name, shape).contentEquals(read(other, shape)));
  }

  /**
   * Converts a finished array to the target precision and device. One that was read as it is stays
   * where it is; views of others are copied, so that those can be freed.
   */
  public NDArray keep(NDArray array) {
    NDArray converted = array.toDevice(target.getDevice(), false).toType(dtype, false);
    NDArray kept = converted == array && !unshared.contains(array) ? array.duplicate() : converted;
    kept.attach(target);
    return kept;
  }

  /** {@link #keep} of an array or null. */
  public @Nullable NDArray keepNullable(@Nullable NDArray array) {
    return array == null ? null : keep(array);
  }

  /**
   * Reads a layer norm's {@code .weight} and {@code .bias} ({@code .gamma} and {@code .beta} in
   * early checkpoints) and keeps them.
   */
  public Affine norm(String name, long width) {
    boolean early = has(name + ".gamma");
    return new Affine(
        keep(read(name + (early ? ".gamma" : ".weight"), width)),
        keep(read(name + (early ? ".beta" : ".bias"), width)));
  }

  /** Reads two matrices of shape (out, in) with optional biases and puts one above the other. */
  public Affine stacked(
      String first, String second, long out, long in, boolean bias, @Nullable NDArray fold) {
    NDArray both =
        NDArrays.concat(
            new NDList(read(first + ".weight", out, in), read(second + ".weight", out, in)), 0);
    NDArray biases =
        bias
            ? NDArrays.concat(
                new NDList(read(first + ".bias", out), read(second + ".bias", out)), 0)
            : null;
    return new Affine(keep(fold == null ? both : both.mul(fold)), keepNullable(biases));
  }

  /**
   * Reads {@code name.weight} of shape (out, in) and, if asked for, {@code name.bias}; columns are
   * multiplied by a preceding RMS norm's weight when given, which saves that step at run time.
   */
  public Affine linear(String name, long out, long in, boolean bias, @Nullable NDArray fold) {
    NDArray weight = read(name + ".weight", out, in);
    return new Affine(
        keep(fold == null ? weight : weight.mul(fold)),
        bias ? keep(read(name + ".bias", out)) : null);
  }

  /** Reads a convolution-style matrix of shape (in, out) with bias, as GPT-2 stores them. */
  public Affine conv1d(String name, long in, long out) {
    return new Affine(
        keep(turned(read(name + ".weight", in, out))), keep(read(name + ".bias", out)));
  }

  /** A matrix turned round, not as a view: products are slower where rows are strided. */
  private NDArray turned(NDArray matrix) {
    NDArray view = matrix.transpose();
    NDArray copy = view.flatten().reshape(view.getShape());
    matrix.close();
    unshared.add(copy);
    return copy;
  }

  /**
   * Fuses query, key and value rows, ordered by key/value head, with the scale on the queries.
   *
   * @param q [heads·headDim, ...]
   * @param k [kvHeads·headDim, ...]
   * @param v [kvHeads·headDim, ...]
   */
  public static NDArray fuse(TransformerSpec spec, float scale, NDArray q, NDArray k, NDArray v) {
    long columns = q.getShape().size() / q.getShape().get(0);
    long kv = spec.kvHeads();
    NDArray byHead =
        NDArrays.concat(
            new NDList(
                q.mul(scale).reshape(kv, (long) spec.group() * spec.headDim(), columns),
                k.reshape(kv, spec.headDim(), columns),
                v.reshape(kv, spec.headDim(), columns)),
            1);
    return q.getShape().dimension() == 1
        ? byHead.reshape(spec.qkvWidth())
        : byHead.reshape(spec.qkvWidth(), columns);
  }

  /** Reads and fuses separate projections {@code base + q/k/v names}. */
  public Affine qkv(
      TransformerSpec spec,
      float scale,
      String q,
      String k,
      String v,
      boolean bias,
      @Nullable NDArray fold) {
    long d = spec.width();
    long queries = (long) spec.heads() * spec.headDim();
    long keys = (long) spec.kvHeads() * spec.headDim();
    NDArray weight =
        fuse(
            spec,
            scale,
            read(q + ".weight", queries, d),
            read(k + ".weight", keys, d),
            read(v + ".weight", keys, d));
    NDArray biases =
        bias
            ? fuse(
                spec,
                scale,
                read(q + ".bias", queries),
                read(k + ".bias", keys),
                read(v + ".bias", keys))
            : null;
    return new Affine(keep(fold == null ? weight : weight.mul(fold)), keepNullable(biases));
  }
}
