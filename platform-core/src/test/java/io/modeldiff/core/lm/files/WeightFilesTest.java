package io.modeldiff.core.lm.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Safetensors beyond 2 GB, half precision, noised copies, hashes. */
class WeightFilesTest {
  @TempDir private Path temp;

  private static Path resource(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(WeightFilesTest.class.getResource("/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void read_fileOver2GB_findsValuesBeyondTheLimit() throws IOException {
    long count = 300_000_000L;
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[300000000],\"data_offsets\":[0,1200000000]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2,150000000],\"data_offsets\":[1200000000,2400000000]}}";
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    long size = 8 + text.length + 8 * count;
    // A sparse file: it takes a few kilobytes on disk.
    try (RandomAccessFile file =
        new RandomAccessFile(temp.resolve(WeightFiles.SINGLE).toFile(), "rw")) {
      file.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array());
      file.write(text);
      file.setLength(size);
      file.seek(size - 4);
      file.writeInt(Integer.reverseBytes(Float.floatToIntBits(7.5f)));
    }
    WeightFiles weights = WeightFiles.open(temp);
    float[] last = new float[2];
    weights.read("b", count - 2, last);
    assertThat(last).containsExactly(0f, 7.5f);
    assertThat(weights.parameters()).isEqualTo(2 * count);
  }

  @Test
  void halfFloat_everyBitPattern_roundTrips() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfFloat.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(HalfFloat.fromFloat(value)).as("%04x", bits).isEqualTo((short) bits);
      }
    }
    assertThat(HalfFloat.toFloat((short) 0x3555)).isEqualTo(0.33325195f);
    assertThat(HalfFloat.fromFloat(0.33333334f)).isEqualTo((short) 0x3555);
    assertThat(HalfFloat.fromFloat(1e6f)).isEqualTo((short) 0x7c00);
    assertThat(HalfFloat.fromFloat(0x1.002p0f)).as("ties to even").isEqualTo((short) 0x3c00);
  }

  @Test
  void noisedCopy_sameSeed_isTheSameAndHasTheNoise() {
    Path source = resource("reference/gpt2");
    NoisedCopy.write(source, temp.resolve("one"), 0.001, 7);
    NoisedCopy.write(source, temp.resolve("two"), 0.001, 7);
    NoisedCopy.write(source, temp.resolve("other"), 0.001, 8);
    assertThat(FileHashes.of(temp.resolve("one"))).isEqualTo(FileHashes.of(temp.resolve("two")));
    assertThat(FileHashes.of(temp.resolve("one")).combined())
        .isNotEqualTo(FileHashes.of(temp.resolve("other")).combined());
    WeightFiles before = WeightFiles.open(source);
    WeightFiles after = WeightFiles.open(temp.resolve("one"));
    double squares = 0;
    long n = 0;
    for (TensorEntry t : before.entries().values()) {
      float[] a = new float[(int) t.elements()];
      float[] b = new float[a.length];
      before.read(t.name(), 0, a);
      after.read(t.name(), 0, b);
      for (int i = 0; i < a.length; i++) {
        squares += Math.pow(b[i] - a[i], 2);
      }
      n += a.length;
    }
    assertThat(Math.sqrt(squares / n)).isCloseTo(0.001, within(1e-5));
    assertThatThrownBy(() -> NoisedCopy.write(source, temp.resolve("one"), 0.001, 7))
        .hasMessageContaining("exists already");
  }

  @Test
  void noisedCopy_shardsInBfloat16_keepNamesAndPrecision() {
    Path source = resource("architectures/llama3-scaled");
    NoisedCopy.write(source, temp.resolve("copy"), 0, 1);
    assertThat(FileHashes.of(temp.resolve("copy"))).isEqualTo(FileHashes.of(source));
    assertThat(WeightFiles.open(temp.resolve("copy")).storedHalf()).isTrue();
  }

  @Test
  void hashes_oneByteChanged_differ() throws IOException {
    Path file = Files.writeString(temp.resolve("a.json"), "x");
    String before = FileHashes.of(temp).combined();
    Files.writeString(file, "y");
    assertThat(FileHashes.of(temp).combined()).isNotEqualTo(before);
    assertThat(FileHashes.of(temp).files().get("a.json"))
        .isEqualTo("a1fce4363854ff888cff4b8e7875d600c2682390412a8cf79b37d0b11148b0fa");
  }
}
