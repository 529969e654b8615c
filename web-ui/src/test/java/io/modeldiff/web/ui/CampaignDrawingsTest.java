package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modeldiff.web.service.CampaignService.Convergence;
import io.modeldiff.web.service.CampaignService.Detail;
import io.modeldiff.web.service.CampaignService.Rung;
import io.modeldiff.web.service.CampaignService.Series;
import io.modeldiff.web.service.CampaignService.Spec;
import io.modeldiff.web.service.CampaignService.Summary;
import io.modeldiff.web.service.Phase;
import io.modeldiff.web.service.SpaceSpec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CampaignDrawingsTest {
  private static final SpaceSpec SPACE = new SpaceSpec(8, "1.74:2.00", "bos", "0-9");

  @Test
  void oneReading_isDrawnOnceForAllPages() {
    List<Rung> rungs = List.of(rung(0.5), rung(1));
    CampaignDrawings first = CampaignDrawings.ofReading(detail(3, rungs));
    assertThat(CampaignDrawings.ofReading(detail(4, rungs))).isSameAs(first);
    assertThat(CampaignDrawings.ofReading(detail(4, List.copyOf(List.of(rung(0.5), rung(1))))))
        .isNotSameAs(first);
  }

  @Test
  void points_haveTheDigitsThatCanBeSeen() throws Exception {
    CampaignDrawings drawn = CampaignDrawings.ofReading(detail(3, List.of(rung(0.5), rung(1))));
    JsonNode point = new JsonMapper().readTree(drawn.traces().json()).at("/series/0/data/1");
    assertThat(point.get(0).asLong()).isEqualTo(123_456_789L);
    assertThat(point.get(1).asText()).hasSizeLessThan(12);
    assertThat(point.get(1).asDouble()).isCloseTo(1 / 3.0, offset(1e-7));
  }

  private static Rung rung(double beta) {
    return new Rung(beta, 0.3, 0.5, 1.01, 100.0, 90.0, 1.9);
  }

  private static Detail detail(long round, List<Rung> rungs) {
    Series trace = new Series("β = 1", List.of(1L, 123_456_789L), List.of(0.25, 1 / 3.0));
    Summary summary =
        new Summary(
            "c",
            "toy",
            SPACE,
            Phase.RUNNING,
            round,
            10,
            100L,
            0.1,
            5.0,
            null,
            true,
            "well",
            Instant.EPOCH,
            "local");
    Spec spec = new Spec("toy", SPACE, "tempering", List.of(), 8, 1, 100L, null);
    return new Detail(
        summary,
        spec,
        List.of(0.5, 1.0),
        rungs,
        0.3,
        0,
        new Convergence(null, "Too early to say.", List.of()),
        null,
        new Series("error", List.of(), List.of()),
        List.of(trace),
        List.of(trace),
        List.of(),
        List.of());
  }
}
