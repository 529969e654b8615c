package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.corpus.ImportOptions;
import io.modeldiff.analysis.lmdiff.corpus.ListCorpus;
import io.modeldiff.analysis.lmdiff.library.CorpusLibrary;
import io.modeldiff.analysis.lmdiff.store.BlobStore;
import io.modeldiff.analysis.lmdiff.store.FileBlobStore;
import io.modeldiff.web.cli.options.DataOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** Where corpora and analyses are kept. */
final class LibraryOptions {
  @Mixin private DataOptions data = new DataOptions();

  BlobStore store() {
    return new FileBlobStore(data.directory().resolve("lmdiff"));
  }

  CorpusLibrary library() {
    return new CorpusLibrary(store());
  }

  /** A corpus by its name, or straight from a file. */
  Corpus corpus(String named) {
    Path file = Path.of(named);
    return Files.isRegularFile(file)
        ? ListCorpus.read(file, ImportOptions.DEFAULTS)
        : library().open(named);
  }
}
