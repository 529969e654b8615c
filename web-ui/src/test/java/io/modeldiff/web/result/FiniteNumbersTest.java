package io.modeldiff.web.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class FiniteNumbersTest {
  record Measured(double mean, int count) {}

  record Series(double[] values) {}

  @Test
  void notANumber_goesThroughJsonAsNull_andComesBack() throws Exception {
    ObjectMapper out = new ObjectMapper().registerModule(FiniteNumbers.writing());
    ObjectMapper in = new ObjectMapper().registerModule(FiniteNumbers.reading());
    String json = out.writeValueAsString(new Measured(Double.NaN, 3));
    assertThat(json).isEqualTo("{\"mean\":null,\"count\":3}");
    assertThat(in.readValue(json, Measured.class)).isEqualTo(new Measured(Double.NaN, 3));
    assertThat(in.readValue("{\"mean\":1.5,\"count\":3}", Measured.class).mean()).isEqualTo(1.5);
    assertThat(in.readValue("{\"mean\":2,\"count\":3}", Measured.class).mean()).isEqualTo(2);
  }

  @Test
  void arrays_withNotANumber_comeBack() throws Exception {
    ObjectMapper out = new ObjectMapper().registerModule(FiniteNumbers.writing());
    ObjectMapper in = new ObjectMapper().registerModule(FiniteNumbers.reading());
    String json = out.writeValueAsString(new Series(new double[] {0.25, Double.NaN, 3}));
    assertThat(json).isEqualTo("{\"values\":[0.25,null,3.0]}");
    assertThat(in.readValue(json, Series.class).values()).containsExactly(0.25, Double.NaN, 3);
  }
}
