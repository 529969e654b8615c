package io.modeldiff.web.cli.comparison;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.corpus.CorpusDocument;
import io.modeldiff.web.result.corpus.CorpusQuery;
import io.modeldiff.web.result.inputs.InputPage;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.TextMix;
import io.modeldiff.web.service.ComparisonService.Rebuilt;
import io.modeldiff.web.service.ComparisonService.Summary;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The comparisons that a command is about, of a running platform or in a data directory. */
interface Shelf extends AutoCloseable {
  /** All of them, newest first. */
  List<Summary> list();

  /**
   * The result.
   *
   * @param lambda λ, nats per token; null for the comparison's own
   */
  ComparisonDocument result(String id, @Nullable Double lambda);

  InputPage inputs(String id, InputQuery query);

  TextMix mix(String id, InputQuery query);

  CorpusDocument corpus(String id, CorpusQuery query);

  /** Writes an export to a file. */
  void export(String id, String what, String format, Path file);

  Rebuilt rebuild(String id);

  @Override
  void close();

  /**
   * The full id that a beginning stands for.
   *
   * @throws UserException when none or several begin so
   */
  default String find(String beginning) {
    List<String> found =
        list().stream().map(Summary::id).filter(id -> id.startsWith(beginning)).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.contains(beginning)) {
      return beginning;
    }
    throw UserException.badInput(
        found.isEmpty()
            ? "There is no comparison " + beginning + "; 'modeldiff comparison list' names them."
            : "Several comparisons begin with "
                + beginning
                + " ("
                + String.join(", ", found)
                + "); write more of the id.");
  }
}
