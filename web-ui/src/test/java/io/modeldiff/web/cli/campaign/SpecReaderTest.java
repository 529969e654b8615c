package io.modeldiff.web.cli.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.ModelNames;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {
  private static final String MODEL =
      Path.of("..", "models", "small-toy").toAbsolutePath().normalize().toString();
  private static final String START = "model: " + MODEL + "\nlength: 8\nz: 1.74:2.00\n";

  private static CampaignSpec read(String yaml, Map<String, String> options) {
    return new SpecReader(
            SpecFields.yaml(yaml, "spec.yaml").with(options), new ModelNames(Path.of("no-data")))
        .read();
  }

  @Test
  void read_whatIsWritten_isTheSameCampaign() {
    CampaignSpec spec =
        read(
            START
                + "allow: 0-7,9\nkernels: {suffix: 0.7, window: 0.3}\nladder: [0.5, 1]\nfloor: 1.5\n"
                + "target-error: 0.02\nlanes: 7\nseed: 9\nrefresh: false\nprefix: [10, 3]\n",
            Map.of());
    CampaignSpec again = read(SpecWriter.yaml(spec), Map.of());
    assertThat(CampaignSpecs.id(again)).isEqualTo(CampaignSpecs.id(spec));
    assertThat(SpecWriter.yaml(again)).isEqualTo(SpecWriter.yaml(spec));
  }

  @Test
  void read_optionsBesideAFile_win() {
    CampaignSpec spec = read(START + "seed: 1\ntemperatures: [0.1]\n", Map.of("seed", "4"));
    assertThat(spec.seed()).isEqualTo(4);
    assertThat(read(START + "temperatures: [0.1]\n", Map.of("ladder", "0.5,1")).ladder())
        .containsExactly(0.5, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lanes: many         | spec.yaml, line 4, field lanes: expected a whole number from 1 to 4096
          lanes: 0            | spec.yaml, line 4, field lanes: expected a whole number from 1 to 4096
          lanes: [1, 2]       | spec.yaml, line 4, field lanes: expected a whole number
          floor: 1.8          | spec.yaml, line 4, field floor: The floor
          target-error: 2     | spec.yaml, line 4, field target-error: expected a number between 0 and 1
          kernels: [walk]     | spec.yaml, line 4, field kernels: The kernel 'walk' is not known
          ladder: [1, x]      | spec.yaml, line 4, field ladder: expected β's
          method: guess       | spec.yaml, line 4, field method: The method must be one of
          allow: 0-99         | spec.yaml, line 4, field allow: --allow names token id 99
          refresh: maybe      | spec.yaml, line 4, field refresh: expected true or false
          lenght: 8           | spec.yaml, line 4: there is no field 'lenght'
          length: 9           | spec.yaml, line 4: the field length is there twice
          smc: {replicates: 2}| spec.yaml, line 4: there is no field 'smc'
          '  seed: 1'         | spec.yaml, line 4: this is not YAML
          """)
  void read_wrongField_namesFileLineFieldAndWhatWasExpected(String line, String sentence) {
    assertThatThrownBy(() -> read(START + line + "\n", Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void read_missingField_saysWhereToWriteIt() {
    assertThatThrownBy(() -> read("model: " + MODEL + "\nlength: 8\n", Map.of()))
        .hasMessageStartingWith("spec.yaml: the field z is missing")
        .hasMessageContaining("--z");
    assertThatThrownBy(() -> read("- model\n", Map.of()))
        .hasMessageStartingWith("spec.yaml, line 1: expected lines 'field: value'");
  }
}
