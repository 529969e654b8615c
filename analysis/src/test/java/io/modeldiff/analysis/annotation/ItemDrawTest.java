package io.modeldiff.analysis.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.analysis.annotation.ItemDraw.Sampled;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.DesignStratum;
import io.modeldiff.core.annotation.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ItemDrawTest {
  private static final List<DesignStratum> STRATA =
      List.of(new DesignStratum("AB", null, 0.0), new DesignStratum("AB", 0.0, null));

  /** Ten inputs; input k has weight k + 1 and D = (k − 4.5)/10. */
  private static ItemDraw draw() {
    List<Sampled> inA = new ArrayList<>();
    for (int k = 0; k < 10; k++) {
      inA.add(new Sampled(List.of(k), 1 + (k - 4.5) / 10, 1, Math.log(k + 1)));
    }
    return new ItemDraw(inA, List.of());
  }

  private static List<AnnotationItem> items(int after, int count) {
    return draw().draw(STRATA, 3, after, count, Object::toString);
  }

  @Test
  void draw_manyTimes_hitsInputsByWeight() {
    Map<Integer, Integer> hits = new TreeMap<>();
    items(0, 50_000).forEach(i -> hits.put(i.tokens().get(0), i.multiplicity(STRATA, "AB")));
    for (int k = 0; k < 10; k++) {
      double stratum = k < 5 ? 15 : 40;
      assertThat(hits.get(k) / 50_000.0).isCloseTo((k + 1) / stratum, within(0.01));
    }
  }

  @Test
  void draw_toppedUp_equalsOneDrawOfAll() {
    assertThat(multiplicities(items(0, 12), items(12, 8)))
        .isEqualTo(multiplicities(items(0, 20), List.of()));
  }

  private static Map<String, Integer> multiplicities(
      List<AnnotationItem> first, List<AnnotationItem> more) {
    Map<String, Integer> all = new TreeMap<>();
    for (List<AnnotationItem> items : List.of(first, more)) {
      items.forEach(i -> all.merge(i.id(), i.multiplicity(STRATA, "AB"), Integer::sum));
    }
    return all;
  }

  @Test
  void draw_anItem_knowsItsProbability() {
    AnnotationItem.Draw draw = items(0, 4).get(0).draws().get(0);
    assertThat(draw.outOf()).isEqualTo(4);
    assertThat(draw.inclusion()).isCloseTo(1 - Math.pow(1 - draw.probability(), 4), within(1e-12));
  }

  @Test
  void strata_ofTerms_holdAboutEqualNumbersOfInputs() {
    List<DesignStratum> strata = draw().strata(List.of(Term.PD_AB, Term.PA_AB), 0.1, 2);
    assertThat(strata).hasSize(5);
    assertThat(strata.get(0).low()).isNull();
    assertThat(strata.get(1).high()).isEqualTo(-0.1);
    assertThat(strata.get(2).low()).isEqualTo(0.1);
    assertThat(strata.get(3).high()).isNull();
    assertThat(strata.get(4)).isEqualTo(new DesignStratum("AB", -0.1, 0.1));
  }
}
