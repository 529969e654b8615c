package io.modeldiff.analysis.lmdiff.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.analysis.lmdiff.ReferencePairs;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDatasetTest {
  private static final String TINY =
      "---\nchecksum: c76e3532ce90768ba81577937276ab2daf886375f82fda296bd9fc265285dedf\n"
          + "name: tiny\ntype: human_created\n---\n\n"
          + "Hello world, a test.\nSecond phrase here.\nThird: models compare.";

  @TempDir Path folder;

  @Test
  void write_threePhrases_isTheOriginalsFile() throws IOException {
    Path file = folder.resolve("tiny.txt");
    TextDataset.write(
        file,
        "tiny",
        "human_created",
        List.of("Hello world, a test.", "Second phrase here.", "Third: models compare."));
    assertThat(file).hasContent(TINY);
    assertThat(Files.size(file)).isEqualTo(TINY.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void read_originalsDataset_agreesWithItsChecksum() {
    ListCorpus corpus = ListCorpus.read(ReferencePairs.FAR.text(), ImportOptions.DEFAULTS);
    assertThat(corpus.info().name()).isEqualTo("sixty");
    assertThat(corpus.size()).isEqualTo(60);
    assertThat(corpus.info().warnings()).isEmpty();
    assertThat(corpus.info().checksum())
        .isEqualTo(corpus.info().hash())
        .isEqualTo("bf2387d1be66f67e5fbe9f6f6f985a3e4e176ce4f724c543e166740f65691ade");
  }

  @Test
  void read_wrongChecksum_warnsAndKeepsTheHeaders() throws IOException {
    ListCorpus corpus = read(TINY.replace("Second", "2nd"));
    assertThat(corpus.info().checksum()).startsWith("c76e3532");
    assertThat(corpus.info().hash()).doesNotStartWith("c76e3532");
    assertThat(corpus.info().warnings()).singleElement().asString().contains("checksum");
  }

  @Test
  void read_blankLinesAndLineEnds_followTheOriginalsRules() throws IOException {
    assertThat(texts(read("\n\n  a \r\n\r\nb\rc\n \nd  \n\n \n")))
        .containsExactly("a ", "b", "c", " ", "d");
  }

  @Test
  void read_noFrontMatter_isPlainTextNamedByItsFile() throws IOException {
    assertThat(read("one\ntwo").info().name()).isEqualTo("file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "---\\nname: a\\n  : [\\n---\\nx | line ",
        "---\\nname: a\\nx\\ny | never closed",
        "---\\njust words\\n---\\nx | key: value",
        "---\\ntype: gift\\n---\\nx | human_created or machine_generated",
        "---\\nname: a\\n---\\n\\n | no phrases"
      })
  void read_badFrontMatter_isOneSentence(String content, String expected) {
    assertThatThrownBy(() -> read(content.replace("\\n", "\n")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("file.txt")
        .hasMessageContaining(expected);
  }

  @Test
  void read_invalidUtf8_namesTheLineOrSkipsIt() throws IOException {
    Path file = folder.resolve("file.txt");
    Files.write(file, new byte[] {'o', 'k', '\n', 'b', (byte) 0xff, 'd', '\n', 'x'});
    assertThatThrownBy(() -> ListCorpus.read(file, ImportOptions.DEFAULTS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("line 2 is not valid UTF-8 (byte 2");
    ListCorpus rest = ListCorpus.read(file, ImportOptions.DEFAULTS.skippingBad());
    assertThat(texts(rest)).containsExactly("ok", "x");
    assertThat(rest.info().warnings()).singleElement().asString().contains("line 2");
  }

  @Test
  void read_lineOfOneMegabyte_isRefusedByNumber() {
    String content = "ok\n" + "x".repeat(1 << 20) + "\nok";
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("line 2 has 1048576");
  }

  @Test
  void read_morePhrasesThanTheLimit_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file.txt"), "a\nb\nc");
    assertThatThrownBy(() -> ListCorpus.read(file, ImportOptions.DEFAULTS.limited(2, 10)))
        .hasMessageContaining("line 3 is beyond the limit of 2 phrases");
  }

  private ListCorpus read(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("file.txt"), content);
    return ListCorpus.read(file, ImportOptions.DEFAULTS);
  }

  private static List<String> texts(ListCorpus corpus) {
    return corpus.phrases().stream().map(Phrase::text).toList();
  }
}
