package io.modeldiff.analysis.lmdiff.corpus;

import io.modeldiff.core.error.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How to import the data sets of the LMdiff paper (Table 1) from the files that their authors
 * publish.
 */
public enum Recipe {
  /** {@code *_stereotyped_type?.txt.*}: one sentence a line. */
  WINOBIAS(o -> o.transforming(Transform.WINOBIAS)),
  /** The same with an addendum that says whom the pronoun refers to. */
  WINOBIAS_ADDENDUM(o -> o.transforming(Transform.WINOBIAS_ADDENDUM)),
  /** {@code train_rand_split.jsonl}: "Question? Answer". */
  COMMONSENSEQA(
      o ->
          o.records(
              FileFormat.JSONL,
              List.of("{question.stem} {question.choices[label=answerKey].text}"),
              List.of("answerKey"))),
  /** {@code msr_paraphrase_train.txt}: both sentences of each pair. */
  MRPC(o -> o.records(FileFormat.TSV, List.of("{#1 String}", "{#2 String}"), List.of("Quality"))),
  /** {@code medium-345M-k40.train.jsonl} and its kind. */
  GPT2_GEN(o -> o.records(FileFormat.JSONL, List.of("{text}"), List.of("length"))),
  /** {@code shortjokes.csv}. */
  SHORT_JOKES(o -> o.records(FileFormat.CSV, List.of("{Joke}"), List.of())),
  /** JSON lines with a {@code text} field: one abstract or caption each. */
  BIOLANG(o -> o.records(FileFormat.JSONL, List.of("{text}"), List.of()));

  private final UnaryOperator<ImportOptions> change;

  Recipe(UnaryOperator<ImportOptions> change) {
    this.change = change;
  }

  /** Name in options, e.g. {@code gpt2-gen}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The options with this recipe's format, templates and transform. */
  public ImportOptions apply(ImportOptions options) {
    return change.apply(options);
  }

  /** The recipe of that name. */
  public static Recipe named(String id) {
    return Arrays.stream(values())
        .filter(r -> r.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.badInput(
                    "There is no import recipe '"
                        + id
                        + "'; choose one of "
                        + Arrays.stream(values()).map(Recipe::id).collect(Collectors.joining(", "))
                        + "."));
  }
}
