package io.modeldiff.core.lm.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.TokenScores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from parts of logits, against a search through all columns of each row. */
class TokenReaderTest {
  private static final int ROWS = 23;
  private static final int VOCABULARY = 7000;

  @TempDir private static Path temp;
  private static TorchModel model;

  @BeforeAll
  static void load() throws IOException {
    Path directory = RandomModels.gpt2(temp, VOCABULARY, 16, 8, 1, 1);
    model = TorchModel.load(ModelDirectory.open(directory), LoadOptions.defaults());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @ParameterizedTest(name = "columns {0}, {1} most likely, in memory: {2}")
  @CsvSource({
    "5, 10, true",
    "27, 10, true",
    "27, 0, true",
    "64 32 17, 10, true",
    "64 32 17, 50, true",
    "64 32 17, 113, true",
    "32 1, 33, true",
    "96 96 96 96 3, 4, true",
    "768 768 768 768 768 768 395, 10, true",
    "6400, 50, true",
    "768 768 768 768 768 768 395, 5003, true",
    "64 32 17, 50, false",
    "6401, 10, false"
  })
  void read_anyParts_isWhatTheWholeRowsSay(String widths, int k, boolean inMemory) {
    check(widths, k, inMemory, new SplittableRandom(7), 1e6);
  }

  @ParameterizedTest(name = "columns {0}, {1} most likely")
  @CsvSource({"27, 10", "64 32 17, 50", "768 768 768 768 395, 10"})
  void read_equalLogits_countOnlyLargerOnesAndNameEachColumnOnce(String widths, int k) {
    check(widths, k, true, new SplittableRandom(8), 4);
  }

  @ParameterizedTest(name = "in memory: {0}")
  @ValueSource(booleans = {true, false})
  void read_severalTokensOfARow_areReadLikeOneEach(boolean inMemory) {
    float[][] rows = new float[ROWS][113];
    SplittableRandom random = new SplittableRandom(9);
    for (float[] each : rows) {
      for (int j = 0; j < each.length; j++) {
        each[j] = (float) random.nextDouble();
      }
    }
    int[] row = {0, 0, 3, 4, 4, 4, ROWS - 1};
    int[] column = {112, 0, 5, 64, 63, 64, 1};
    List<Target> sought =
        IntStream.range(0, row.length).mapToObj(i -> new Target(row[i], column[i], 0, i)).toList();
    TokenScores scores = readSought(rows, "64 32 17", sought, 3, inMemory);
    for (int i = 0; i < row.length; i++) {
      checkRow(rows[row[i]], column[i], i, 3, scores);
    }
  }

  @Test
  void read_notANumber_isAnError() {
    float[][] rows = new float[ROWS][113];
    rows[4][80] = Float.NaN;
    assertThatThrownBy(() -> read(rows, "64 32 17", new long[ROWS], 10, true))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--dtype f32");
  }

  /**
   * Reads random logits and checks everything.
   *
   * @param steps different logits between two whole numbers: few make ties
   */
  private static void check(
      String widths, int k, boolean inMemory, SplittableRandom random, double steps) {
    int columns = widths(widths).sum();
    float[][] rows = new float[ROWS][columns];
    long[] targets = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < columns; j++) {
        // Parts far above and below others, and rows of their own heights.
        rows[i][j] =
            (float) (Math.rint((random.nextDouble() * 6 + j / 64 % 3) * steps) / steps - i);
      }
      // The last column, the first, and others in between.
      targets[i] = (columns - 1 + i * 37L) % columns;
    }
    TokenScores scores = read(rows, widths, targets, k, inMemory);
    for (int i = 0; i < ROWS; i++) {
      checkRow(rows[i], (int) targets[i], i, Math.min(k, columns), scores);
    }
  }

  private static void checkRow(float[] row, int target, int i, int k, TokenScores scores) {
    double[] wide = new double[row.length];
    Arrays.setAll(wide, j -> row[j]);
    double total = Math.log(Arrays.stream(wide).map(v -> Math.exp(v - row[0])).sum()) + row[0];
    assertThat(scores.logProb()[i]).isCloseTo(row[target] - total, within(1e-6));
    assertThat(scores.rank()[i])
        .isEqualTo((int) Arrays.stream(wide).filter(v -> v > row[target]).count());
    int[] ids = scores.topIds()[i];
    assertThat(ids).hasSize(k).doesNotHaveDuplicates();
    float[] best = new float[k];
    float[] probabilities = new float[k];
    int[] order =
        IntStream.range(0, row.length)
            .boxed()
            .sorted(Comparator.comparing((Integer j) -> -row[j]))
            .mapToInt(j -> j)
            .toArray();
    for (int j = 0; j < k; j++) {
      best[j] = row[order[j]];
      probabilities[j] = (float) Math.exp(row[order[j]] - total);
      assertThat(row[ids[j]]).isEqualTo(best[j]);
      assertThat(j > 0 && best[j] == best[j - 1] && ids[j] < ids[j - 1]).isFalse();
    }
    assertThat(scores.topProbs()[i]).containsExactly(probabilities, within(1e-6f));
  }

  private static IntStream widths(String widths) {
    return Stream.of(widths.split(" ")).mapToInt(Integer::parseInt);
  }

  private static TokenScores read(
      float[][] rows, String widths, long[] targets, int k, boolean inMemory) {
    return readSought(rows, widths, sought(targets), k, inMemory);
  }

  private static TokenScores readSought(
      float[][] rows, String widths, List<Target> sought, int k, boolean inMemory) {
    int columns = rows[0].length;
    return model
        .queue()
        .call(
            () -> {
              int[] allowed = IntStream.range(0, columns).toArray();
              try (NDManager m = model.manager().newSubManager();
                  Head head = new Head(model.transformer(), m, allowed)) {
                TokenReader reader = new TokenReader(head, k, new int[] {ROWS});
                reader.read(parts(m, rows, widths, inMemory), sought);
                return reader.scores(0, new int[ROWS], 0);
              }
            });
  }

  /** The parts of the rows and of one more, which is not read. */
  private static List<LogitPart> parts(
      NDManager m, float[][] rows, String widths, boolean inMemory) {
    List<LogitPart> parts = new ArrayList<>();
    int first = 0;
    for (int width : widths(widths).toArray()) {
      float[] flat = new float[(ROWS + 1) * width];
      for (int i = 0; i < ROWS; i++) {
        System.arraycopy(rows[i], first, flat, i * width, width);
      }
      PtNDArray product = Torch.floats(m, flat, ROWS + 1, width);
      parts.add(LogitPart.of(product, first, inMemory));
      first += width;
    }
    return parts;
  }

  private static List<Target> sought(long[] columns) {
    return IntStream.range(0, ROWS).mapToObj(i -> new Target(i, columns[i], 0, i)).toList();
  }
}
