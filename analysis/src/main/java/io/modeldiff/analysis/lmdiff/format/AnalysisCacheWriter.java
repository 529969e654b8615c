package io.modeldiff.analysis.lmdiff.format;

import io.modeldiff.analysis.lmdiff.cache.CacheHeader;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.format.Hdf5Writer.StringRef;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes an analysis cache as the original tool does: root attributes, the vocabulary, one group a
 * phrase with token_ids, ranks, probs, topk_probs and topk_token_ids. The file appears under its
 * name only when it is complete.
 */
public final class AnalysisCacheWriter implements Closeable {
  /** Phrases whose texts share a global heap. */
  private static final int BATCH = 64;

  private final Path target;
  private final Path unfinished;
  private final Hdf5Writer writer;
  private final CacheHeader header;
  private final TreeMap<String, Long> links = new TreeMap<>();
  private final List<PhraseScores> batch = new ArrayList<>(BATCH);
  private int phrases;

  /** Starts a file; nothing is visible at {@code target} before {@link #finish}. */
  public AnalysisCacheWriter(Path target, CacheHeader header, List<String> vocabulary)
      throws IOException {
    this.target = target;
    this.unfinished = target.resolveSibling(target.getFileName() + ".part");
    this.writer = new Hdf5Writer(unfinished);
    this.header = header;
    links.put("vocabulary", writer.stringDataset(vocabulary));
  }

  /** Appends a phrase; its index is the number of phrases before it. */
  public void add(PhraseScores phrase) throws IOException {
    batch.add(phrase);
    if (batch.size() == BATCH) {
      flush();
    }
  }

  /** Completes the file and gives it its name. */
  public void finish() throws IOException {
    flush();
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("dataset_name", header.datasetName());
    attributes.put("dataset_checksum", header.datasetChecksum());
    attributes.put("vocab_hash", header.vocabHash());
    attributes.put("model_name", header.modelName());
    writer.finish(links, attributes);
    Files.move(
        unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    writer.close();
    Files.deleteIfExists(unfinished);
  }

  private void flush() throws IOException {
    List<StringRef> texts = writer.strings(batch.stream().map(PhraseScores::phrase).toList());
    for (int i = 0; i < batch.size(); i++) {
      links.put(AnalysisCacheFile.key(phrases++), group(batch.get(i), texts.get(i)));
    }
    batch.clear();
  }

  private long group(PhraseScores p, StringRef text) throws IOException {
    long[] flat = {p.length()};
    long[] rows = {p.length(), p.k()};
    TreeMap<String, Long> members = new TreeMap<>();
    members.put("token_ids", writer.int64(flat, longs(p.ids())));
    members.put("ranks", writer.uint32(flat, ints(p.ranks())));
    members.put("probs", writer.float32(flat, floats(p.probs())));
    members.put("topk_probs", writer.float32(rows, floats(p.topProbs())));
    members.put("topk_token_ids", writer.int64(rows, longs(p.topIds())));
    return writer.group(members, Map.of("phrase", text));
  }

  private static ByteBuffer longs(int[] values) {
    ByteBuffer b = Hdf5Writer.little(8 * values.length);
    for (int v : values) {
      b.putLong(v);
    }
    return b.flip();
  }

  private static ByteBuffer ints(int[] values) {
    ByteBuffer b = Hdf5Writer.little(4 * values.length);
    b.asIntBuffer().put(values);
    return b;
  }

  private static ByteBuffer floats(float[] values) {
    ByteBuffer b = Hdf5Writer.little(4 * values.length);
    b.asFloatBuffer().put(values);
    return b;
  }
}
