package io.modeldiff.analysis.lmdiff.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.ParquetWriter;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {
  @TempDir Path folder;

  @Test
  void jsonl_commonsenseQa_isQuestionAndAnswer() throws IOException {
    String record =
        "{\"answerKey\":\"B\",\"id\":\"1\",\"question\":{\"stem\":\"Where is a ferret?\",\"choices\":"
            + "[{\"label\":\"A\",\"text\":\"cage\"},{\"label\":\"B\",\"text\":\"great britain\"}]}}";
    ListCorpus corpus = read("train.jsonl", record + "\n\n", Recipe.COMMONSENSEQA);
    assertThat(texts(corpus)).containsExactly("Where is a ferret? great britain");
    assertThat(corpus.phrases().get(0).columns()).containsExactly("B");
  }

  @Test
  void text_winoBias_losesNumberAndBrackets() throws IOException {
    String line =
        "1 [The developer] argued with the designer because [she] did not like the design.\n";
    String sentence = "The developer argued with the designer because she did not like the design.";
    assertThat(texts(read("w.txt.dev", line, Recipe.WINOBIAS))).containsExactly(sentence);
    assertThat(texts(read("w.txt.dev", line, Recipe.WINOBIAS_ADDENDUM)))
        .containsExactly(sentence + " she refers to developer");
  }

  @Test
  void tsv_mrpc_givesBothSentencesWithLiteralQuotes() throws IOException {
    ListCorpus corpus =
        read(
            "msr.txt",
            "\uFEFFQuality\t#1 ID\t#2 ID\t#1 String\t#2 String\n1\t7\t8\t\"He said.\tShe \"said\".\n",
            Recipe.MRPC);
    assertThat(texts(corpus)).containsExactly("\"He said.", "She \"said\".");
    assertThat(corpus.phrases().get(1).columns()).containsExactly("1");
  }

  @Test
  void csv_shortJokes_unquotesAndJoinsLines() throws IOException {
    ListCorpus corpus =
        read("j.csv", "ID,Joke\n1,\"Why, \"\"oh\nwhy\"\"?\"\n2,plain\n", Recipe.SHORT_JOKES);
    assertThat(texts(corpus)).containsExactly("Why, \"oh why\"?", "plain");
  }

  @Test
  void csv_badRows_areNamedByLine() throws IOException {
    Path file = Files.writeString(folder.resolve("j.csv"), "ID,Joke\n1\n2,x\n3,\"open\n");
    ImportOptions options = Recipe.SHORT_JOKES.apply(ImportOptions.DEFAULTS);
    assertThatThrownBy(() -> ListCorpus.read(file, options))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("line 2 has 1 cells where the header has 2")
        .hasMessageContaining("line 4 opens a quote");
  }

  @Test
  void jsonl_brokenLinesAndMissingFields_areNamedByLine() throws IOException {
    Path file =
        Files.writeString(folder.resolve("x.jsonl"), "{\"text\":\"a\"}\n{oops\n[1]\n{\"t\":1}\n");
    assertThatThrownBy(() -> ListCorpus.read(file, ImportOptions.DEFAULTS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("line 2 is not JSON")
        .hasMessageContaining("line 3 is not a JSON object")
        .hasMessageContaining("line 4 lacks a field");
  }

  @Test
  void parquet_column_isRead() throws IOException {
    Path file = folder.resolve("t.parquet");
    MessageType schema =
        new MessageType(
            "rows",
            Types.required(PrimitiveType.PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named("sentence"),
            Types.required(PrimitiveType.PrimitiveTypeName.INT32).named("label"));
    try (ParquetWriter<String> writer =
        ParquetWriter.writeFile(
            schema,
            file.toFile(),
            (text, row) -> {
              row.write("sentence", text);
              row.write("label", text.length());
            })) {
      writer.write("naïve 🚀");
      writer.write("two\nlines");
    }
    ImportOptions options =
        ImportOptions.DEFAULTS.records(FileFormat.PARQUET, List.of("{sentence}"), List.of("label"));
    ListCorpus corpus = ListCorpus.read(file, options);
    assertThat(corpus.phrases())
        .containsExactly(
            new Phrase("naïve 🚀", List.of("8")), new Phrase("two lines", List.of("9")));
    assertThatThrownBy(() -> ListCorpus.read(file, ImportOptions.DEFAULTS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no plain column 'text'; its plain columns are sentence, label");
  }

  @Test
  void parquet_damaged_isOneSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("d.parquet"), "PAR1 but not really PAR1");
    assertThatThrownBy(() -> ListCorpus.read(file, ImportOptions.DEFAULTS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("d.parquet is not a readable Parquet file");
  }

  private ListCorpus read(String name, String content, Recipe recipe) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    return ListCorpus.read(file, recipe.apply(ImportOptions.DEFAULTS));
  }

  private static List<String> texts(ListCorpus corpus) {
    return corpus.phrases().stream().map(Phrase::text).toList();
  }
}
