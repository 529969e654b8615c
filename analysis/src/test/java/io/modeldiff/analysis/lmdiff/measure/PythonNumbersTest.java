package io.modeldiff.analysis.lmdiff.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected strings and sums were printed by CPython 3.11 and NumPy. */
class PythonNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0.1,0.1",
    "1e-5,1e-05",
    "123456789,123456789.0",
    "1e16,1e+16",
    "1.5e-7,1.5e-07",
    "-0.0001,-0.0001",
    "0.3333333333333333,0.3333333333333333",
    "2e22,2e+22",
    "4.9e-324,5e-324",
    "-44.925925925925924,-44.925925925925924",
    "1000000000000000.25,1000000000000000.2",
    "0,0.0",
    "-0.0,-0.0"
  })
  void repr_double_isPythons(double value, String expected) {
    assertThat(PythonNumbers.repr(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1,0.1",
    "1e-5,1e-05",
    "1.2345678e-7,1.2345679e-07",
    "0.33333334,0.33333334",
    "0.0006577707,0.0006577707",
    "1e-45,1e-45",
    "123456.789,123456.79"
  })
  void repr_float_isNumPys(float value, String expected) {
    assertThat(PythonNumbers.repr(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "5,0.3399197459220886",
    "9,0.26658862829208374",
    "100,0.1919758915901184",
    "128,0.19862085580825806",
    "129,0.19966955482959747",
    "300,0.2020060271024704",
    "1000,0.20100300014019012"
  })
  void mean_float32_hasNumPysBits(int n, double expected) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (((i * 7919L) % 1000) / 997.0 - 0.3);
    }
    assertThat((double) PythonNumbers.mean(values)).isEqualTo(expected);
  }

  @Test
  void round_exactValue_isHalfToEvenOnTheBinaryValue() {
    assertThat(PythonNumbers.round(2.675, 2)).isEqualTo(2.67);
    assertThat(PythonNumbers.round(0.125, 2)).isEqualTo(0.12);
    assertThat(1 / PythonNumbers.round(-0.00001, 4)).isNegative();
  }
}
