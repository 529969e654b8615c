package io.modeldiff.web.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.Toy;
import io.modeldiff.web.result.condition.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the toy's document: |X_A| = 3,767,046, PD_AB/|X_A| = 0.499, converged. */
class ConditionTest {
  private final ComparisonDocument document = new Toy().result(Toy.ID, 0);

  private int exitCode(String condition) {
    try {
      Condition.parse(condition).refuse(document);
      return 0;
    } catch (UserException e) {
      return e.exitCode();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pdAB/countA>0.2",
        "pdAB / countA > 0.49 && share.pdAB < 0.51",
        "(pdAB + paAB) / countA >= 0.9",
        "-share.pdAB < -0.4",
        "countA.log10 > 6 || countB < 1",
        "countA - pdAB - paAB < countA * 1e-3",
        "countAB.relSe<1",
        "rHatMax<1.05",
        "2*3+4==10",
        "10-2-3==5",
        "ratio.pooled.pdBA>1",
        "pdAB.low<pdAB.high"
      })
  void refuse_conditionThatHolds_exitsWith3(String condition) {
    assertThat(exitCode(condition)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pdAB/countA>0.6", "countA<1 || countB<1", "countA>1 && countB<1"})
  void refuse_conditionThatDoesNotHold_passes(String condition) {
    assertThat(exitCode(condition)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pdAX>1",
        "pdAB",
        "pdAB>",
        "pdAB>0.2)",
        "(pdAB>0.2",
        "pdAB>0.2 &",
        "pdAB>0.2;",
        "",
        "1>2>3",
        "countA.mean>1"
      })
  void parse_malformedCondition_isBadInput(String condition) {
    assertThat(exitCode(condition)).isEqualTo(2);
  }

  @Test
  void parse_unknownField_namesItAndTheOthers() {
    assertThatThrownBy(() -> Condition.parse("pdXY>0.2"))
        .hasMessageContaining("'pdXY'")
        .hasMessageContaining("pdAB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "closure>0",
        "closure<=0",
        "countA/0>1",
        "countA>1 || closure>0",
        "countA.upper>1"
      })
  void refuse_whatCannotBeDecided_isNoPass(String condition) {
    assertThat(exitCode(condition)).isIn(1, 2);
  }

  @Test
  void refuse_unconvergedResultOnWhichItDoesNotHold_isNoPass() {
    ComparisonDocument unsure = Documents.notConverged(document);
    assertThatThrownBy(() -> Condition.parse("share.pdAB>0.9").refuse(unsure))
        .hasMessageContaining("not converged")
        .matches(e -> ((UserException) e).exitCode() == 1);
    assertThatCode(() -> Condition.parse("share.pdAB>0.9").refuse(document))
        .doesNotThrowAnyException();
  }

  @Test
  void refuse_countsBeyondDoubles_areCompared() {
    ComparisonDocument huge = Documents.scaled(document, 900);
    assertThatThrownBy(() -> Condition.parse("pdAB/countA>0.2").refuse(huge))
        .hasMessageContaining("0.4989");
    assertThatThrownBy(() -> Condition.parse("countA*countA>pdAB").refuse(huge))
        .hasMessageContaining("10^1813");
  }
}
