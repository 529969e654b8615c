package io.modeldiff.analysis.lmdiff.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A corpus in memory. */
public record ListCorpus(CorpusInfo info, List<Phrase> phrases) implements Corpus {
  /** Reads a file whole. */
  public static ListCorpus read(Path file, ImportOptions options) {
    List<Phrase> phrases = new ArrayList<>();
    return new ListCorpus(CorpusReader.read(file, options, phrases::add), phrases);
  }

  /** A corpus of given texts, for example representative inputs of a comparison. */
  public static ListCorpus of(
      String name, String type, List<String> columns, List<Phrase> phrases) {
    CorpusHash hash = new CorpusHash();
    phrases.forEach(p -> hash.add(p.text()));
    String hex = hash.hex();
    return new ListCorpus(
        new CorpusInfo(name, type, hex, hex, phrases.size(), hash.bytes(), columns, List.of()),
        List.copyOf(phrases));
  }

  @Override
  public Phrase get(int index) {
    return phrases.get(index);
  }
}
