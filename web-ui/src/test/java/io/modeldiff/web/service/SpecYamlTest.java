package io.modeldiff.web.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.core.error.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecYamlTest {
  private static final ComparisonService.Spec SPEC =
      new ComparisonService.Spec(
          "one",
          "two",
          new SpaceSpec(8, "1.74:2.00", "the \"cat\": x", "0-9,42"),
          "smc",
          List.of("suffix", "window"),
          16,
          7,
          5000L,
          0.01,
          0.5,
          0.02);

  @Test
  void write_thenRead_isTheSame() {
    ComparisonService.Spec other = BundledDemo.spec();
    assertThat(SpecYaml.read(SpecYaml.write(SPEC), other)).isEqualTo(SPEC);
  }

  @Test
  void read_ofOneField_leavesTheOthers() {
    ComparisonService.Spec read = SpecYaml.read("length: 25\nz: '2:4'", SPEC);
    assertThat(read.space().length()).isEqualTo(25);
    assertThat(read.space().z()).isEqualTo("2:4");
    assertThat(read.a()).isEqualTo("one");
    assertThat(read.kernels()).containsExactly("suffix", "window");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "length: eight | Line 1, field length: expected a whole number, but found 'eight'.",
        "z: 2-4 | Line 1, field z: expected a range LO:HI in nats per token, such as \"1.74:2.00\", but found '2-4'.",
        "method: guess | Line 1, field method: expected tempering, smc or paper, but found 'guess'.",
        "bin: 0 | Line 1, field bin: expected a number above 0.0, but found '0'.",
        "size: 3 | Line 1: there is no field 'size'; the fields are",
        "a: [ | is not YAML",
        "- a | Expected lines 'field: value'",
        "a: {b: c} | Line 1, field a: expected a value.",
      })
  void read_ofAMistake_namesLineAndField(String yaml, String sentence) {
    assertThatThrownBy(() -> SpecYaml.read(yaml, SPEC))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence);
  }
}
