package io.modeldiff.core.toy;

import io.modeldiff.core.work.WorkMonitor;
import java.io.IOException;
import java.nio.file.Path;

/** A toy model of one training step: real files, made in a second. */
public final class TinyToy {
  private TinyToy() {}

  /** Writes a model that depends on the seed. */
  public static Path write(Path directory, ToySize size, long seed) throws IOException {
    ToyTraining.Settings settings = new ToyTraining.Settings(size, seed, 1, 64, 64, 0.01f);
    ToyTraining.Result trained = new ToyTraining(settings).run(WorkMonitor.silent(), point -> {});
    ToyDirectory.write(directory, size, trained);
    return directory;
  }
}
