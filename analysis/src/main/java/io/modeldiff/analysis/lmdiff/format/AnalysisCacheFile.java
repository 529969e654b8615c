package io.modeldiff.analysis.lmdiff.format;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.CacheHeader;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.core.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads an analysis cache that the original tool (or {@link AnalysisCacheWriter}) wrote: HDF5 with
 * one group a phrase.
 */
public final class AnalysisCacheFile implements AnalysisCache {
  /** The HDF5 reader remembers every group it has seen; opening it anew bounds its memory. */
  private static final int READS_PER_OPEN = 20_000;

  private final Path path;
  private final CacheHeader header;
  private final List<String> vocabulary;
  private final int size;
  private HdfFile file;
  private int reads;

  private AnalysisCacheFile(Path path) {
    this.path = path;
    this.file = new HdfFile(path);
    this.header =
        new CacheHeader(
            attribute("dataset_name"),
            attribute("dataset_checksum"),
            attribute("vocab_hash"),
            attribute("model_name"));
    this.vocabulary = List.of(strings(member(file, "vocabulary").getData()));
    this.size = file.getChildren().size() - 1;
  }

  /** Opens a file; refuses what is not an analysis cache, naming what is missing. */
  public static AnalysisCacheFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw UserException.badInput("There is no analysis cache file at " + path + ".");
    }
    try {
      return new AnalysisCacheFile(path);
    } catch (HdfException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw UserException.badInput(
          path + " is not a readable HDF5 analysis cache: " + e.getMessage() + ".", e);
    }
  }

  /** The group name of a phrase: its index, padded with zeros to 15 digits. */
  static String key(int index) {
    return String.format("%015d", index);
  }

  @Override
  public CacheHeader header() {
    return header;
  }

  @Override
  public List<String> vocabulary() {
    return vocabulary;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public PhraseScores get(int index) {
    if (++reads > READS_PER_OPEN) {
      file.close();
      file = new HdfFile(path);
      reads = 0;
    }
    Node node = file.getChildren().get(key(index));
    if (!(node instanceof Group group)) {
      throw UserException.badInput(
          path + " has no group " + key(index) + " for phrase " + index + " of " + size + ".");
    }
    int[] ids = ints(member(group, "token_ids"));
    int[] ranks = ints(member(group, "ranks"));
    float[] probs = floats(member(group, "probs"));
    int[] topIds = ints(member(group, "topk_token_ids"));
    float[] topProbs = floats(member(group, "topk_probs"));
    int k = ids.length == 0 ? 0 : topIds.length / ids.length;
    if (ranks.length != ids.length
        || probs.length != ids.length
        || topProbs.length != topIds.length
        || k * ids.length != topIds.length) {
      throw UserException.badInput(
          path + ": phrase " + index + " has arrays of different lengths; the file is damaged.");
    }
    return new PhraseScores(
        phrase(group, index),
        0,
        ids,
        ranks,
        probs,
        logs(probs),
        k,
        topIds,
        topProbs,
        Optional.empty());
  }

  @Override
  public void close() {
    file.close();
  }

  private String attribute(String name) {
    Attribute attribute = file.getAttribute(name);
    if (attribute == null) {
      throw UserException.badInput(
          path + " has no root attribute " + name + ", so it is not an analysis cache.");
    }
    return string(attribute.getData());
  }

  private String phrase(Group group, int index) {
    Attribute attribute = group.getAttribute("phrase");
    if (attribute == null) {
      throw UserException.badInput(path + ": phrase " + index + " has no attribute phrase.");
    }
    return string(attribute.getData());
  }

  private Dataset member(Group group, String name) {
    Node node = group.getChild(name);
    if (node instanceof Dataset dataset) {
      return dataset;
    }
    throw UserException.badInput(
        path
            + " has no dataset "
            + name
            + " in "
            + group.getPath()
            + ", so it is not an analysis cache.");
  }

  private static String string(Object data) {
    return data instanceof Object[] array ? String.valueOf(array[0]) : String.valueOf(data);
  }

  private static String[] strings(Object data) {
    return Arrays.stream((Object[]) data).map(String::valueOf).toArray(String[]::new);
  }

  private static int[] ints(Dataset dataset) {
    if (dataset.getSize() == 0) {
      return new int[0];
    }
    Object data = dataset.getDataFlat();
    if (data instanceof int[] exact) {
      return exact;
    }
    if (data instanceof long[] wide) {
      return Arrays.stream(wide).mapToInt(Math::toIntExact).toArray();
    }
    throw new IllegalArgumentException(dataset.getPath() + " does not hold 32- or 64-bit integers");
  }

  private static float[] floats(Dataset dataset) {
    if (dataset.getSize() == 0) {
      return new float[0];
    }
    Object data = dataset.getDataFlat();
    if (data instanceof float[] exact) {
      return exact;
    }
    if (data instanceof double[] wide) {
      float[] narrow = new float[wide.length];
      for (int i = 0; i < wide.length; i++) {
        narrow[i] = (float) wide[i];
      }
      return narrow;
    }
    throw new IllegalArgumentException(dataset.getPath() + " does not hold floats");
  }

  private static float[] logs(float[] probs) {
    float[] logs = new float[probs.length];
    for (int i = 0; i < probs.length; i++) {
      logs[i] = (float) Math.log(Math.max(probs[i], Float.MIN_VALUE));
    }
    return logs;
  }
}
