package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Models from Hugging Face directories: where the campaign found them, or under the same name in a
 * folder that workers share. Their files must be those that the campaign was started with.
 *
 * @param shared folder with one sub-folder per model name, if there is one
 * @param device {@code cpu}, {@code cuda}, {@code cuda:1} or {@code auto}
 */
public record DirectoryModels(Optional<Path> shared, String device) implements ModelSource {
  @Override
  public LanguageModel load(ModelRef ref) {
    ModelDirectory directory = ModelDirectory.open(find(ref));
    String found = directory.hashes().combined();
    if (!found.equals(ref.hash())) {
      throw UserException.failed(
          "The files of model "
              + ref.name()
              + " in "
              + directory.path()
              + " have the hash "
              + found
              + ", but the campaign was started with "
              + ref.hash()
              + "; put the original files back, then resume the campaign.");
    }
    return ModelLoader.load(directory, new LoadOptions(device, ref.dtype()));
  }

  private Path find(ModelRef ref) {
    Path known = Path.of(ref.path());
    if (Files.isDirectory(known)) {
      return known;
    }
    return shared
        .map(folder -> folder.resolve(ref.name()))
        .filter(Files::isDirectory)
        .orElseThrow(
            () ->
                UserException.failed(
                    "Model "
                        + ref.name()
                        + " is neither in "
                        + known
                        + shared.map(folder -> " nor in " + folder.resolve(ref.name())).orElse("")
                        + "; put it there, then resume the campaign."));
  }
}
