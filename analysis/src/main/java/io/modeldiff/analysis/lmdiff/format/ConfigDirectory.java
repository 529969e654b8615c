package io.modeldiff.analysis.lmdiff.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.CacheHeader;
import io.modeldiff.analysis.lmdiff.corpus.CorpusReader;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The original tool's configuration directory: two analysis caches, both comparisons, and
 * metadata.json. Its server finds the files by the dataset's file stem.
 *
 * @param directory where the files are
 * @param metadata what metadata.json says
 */
public record ConfigDirectory(Path directory, Metadata metadata) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "metadata.json";

  /**
   * metadata.json.
   *
   * @param m1 name or directory of model 1
   * @param m2 name or directory of model 2
   * @param dataset path of the dataset file, of which only the stem is used
   * @param topK most likely tokens kept per position
   * @param clamp ranks beyond this are treated alike
   */
  public record Metadata(String m1, String m2, String dataset, int topK, int clamp) {
    String json() throws IOException {
      return "{\"m1\": "
          + JSON.writeValueAsString(m1)
          + ", \"m2\": "
          + JSON.writeValueAsString(m2)
          + ", \"dataset\": "
          + JSON.writeValueAsString(dataset)
          + ", \"top_k\": "
          + topK
          + ", \"max_clamp_rank\": "
          + clamp
          + "}";
    }
  }

  /** Opens a directory that the original or this program wrote. */
  public static ConfigDirectory open(Path directory) {
    Path file = directory.resolve(METADATA);
    if (!Files.isRegularFile(file)) {
      throw UserException.badInput(
          directory + " is not an LMdiff configuration directory: it has no metadata.json.");
    }
    try {
      JsonNode json = JSON.readTree(file.toFile());
      return new ConfigDirectory(
          directory,
          new Metadata(
              text(file, json, "m1"),
              text(file, json, "m2"),
              text(file, json, "dataset"),
              json.path("top_k").asInt(10),
              json.path("max_clamp_rank").asInt(50)));
    } catch (IOException e) {
      throw UserException.badInput(file + " is not JSON: " + e.getMessage() + ".", e);
    }
  }

  /** The dataset's name: its file's stem. */
  public String dataset() {
    return CorpusReader.stem(Path.of(metadata.dataset()));
  }

  /** The cache file of a model. */
  public Path cache(String model) {
    return directory.resolve(dataset() + "_._" + ComparisonCsv.safe(model) + ".h5");
  }

  /** The comparison file of an ordered pair. */
  public Path comparison(String first, String second) {
    return directory.resolve(
        ComparisonCsv.safe(first) + "_" + ComparisonCsv.safe(second) + "_" + dataset() + ".csv");
  }

  /**
   * Writes everything for two complete caches of one corpus: phrases that a model could not score
   * are left out of both.
   *
   * @return the files
   */
  public static List<Path> write(
      Path directory, AnalysisCache first, AnalysisCache second, int clamp) throws IOException {
    CacheHeader a = first.header();
    CacheHeader b = second.header();
    if (!a.vocabHash().equals(b.vocabHash()) || first.size() != second.size()) {
      throw UserException.badInput(
          "The analyses of "
              + a.modelName()
              + " and "
              + b.modelName()
              + " are of different vocabularies or corpora, which the original's files cannot"
              + " hold.");
    }
    ConfigDirectory target =
        new ConfigDirectory(
            directory,
            new Metadata(
                a.modelName(),
                b.modelName(),
                a.datasetName() + ".txt",
                first.size() == 0 ? 0 : first.get(0).k(),
                clamp));
    IntPredicate both = i -> first.get(i).length() > 0 && second.get(i).length() > 0;
    target.writeCache(first, both);
    target.writeCache(second, both);
    List<Path> files =
        new ArrayList<>(List.of(target.cache(a.modelName()), target.cache(b.modelName())));
    try (AnalysisCacheFile one = AnalysisCacheFile.open(files.get(0));
        AnalysisCacheFile two = AnalysisCacheFile.open(files.get(1))) {
      files.addAll(target.writeComparisons(one, two));
    }
    files.add(target.writeMetadata());
    return files;
  }

  /** Writes one cache under the name by which the original looks for it. */
  public void writeCache(AnalysisCache cache, IntPredicate keep) throws IOException {
    try (AnalysisCacheWriter writer =
        new AnalysisCacheWriter(
            cache(cache.header().modelName()), cache.header(), cache.vocabulary())) {
      for (int i = 0; i < cache.size(); i++) {
        if (keep.test(i)) {
          writer.add(cache.get(i));
        }
      }
      writer.finish();
    }
  }

  /** Writes both comparisons of two caches; returns the files. */
  public List<Path> writeComparisons(AnalysisCache first, AnalysisCache second) throws IOException {
    CacheHeader a = first.header();
    CacheHeader b = second.header();
    Path forward = directory.resolve(ComparisonCsv.fileName(a, b));
    Path backward = directory.resolve(ComparisonCsv.fileName(b, a));
    ComparisonCsv.write(forward, first, second, metadata.clamp());
    ComparisonCsv.write(backward, second, first, metadata.clamp());
    return List.of(forward, backward);
  }

  /** Writes metadata.json, last of all; returns the file. */
  public Path writeMetadata() throws IOException {
    return Files.writeString(directory.resolve(METADATA), metadata.json());
  }

  private static String text(Path file, JsonNode json, String field) {
    if (!json.path(field).isTextual()) {
      throw UserException.badInput(file + " has no text field '" + field + "'.");
    }
    return json.path(field).asText();
  }
}
