package io.modeldiff.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.core.annotation.Adjudication;
import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.DesignStratum;
import io.modeldiff.core.annotation.Guidelines;
import io.modeldiff.core.annotation.ItemFlag;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.annotation.Term;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.error.UserException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnotationFilesTest {
  private static final Instant AT = Instant.parse("2026-11-22T08:00:00.123456Z");

  private static AnnotationProject project() {
    AnnotationDesign design =
        new AnnotationDesign(
            "A \"name\", with commas",
            "x1",
            List.of(Term.PD_AB, Term.PD_BA),
            0.25,
            List.of(new DesignStratum("AB", null, -0.25), new DesignStratum("BA", 0.25, null)),
            25,
            4,
            2,
            true,
            7,
            300);
    Cause cause = new Cause("op", "why, indeed", AT, "c1");
    return new AnnotationProject(
        "p1",
        design,
        cause,
        List.of(new Guidelines(1, "First\nlines", cause), new Guidelines(2, "Second", cause)),
        List.of(judged(), untouched()),
        25,
        List.of());
  }

  private static ItemState judged() {
    return new ItemState(
        new AnnotationItem(
            "i1",
            List.of(3, 1, 4),
            "a text,\nwith \"quotes\"\r\nand lines",
            1.1,
            1.7000000000000002,
            List.of(
                new AnnotationItem.Draw(0, 2, 25, 0.01, 3.25),
                new AnnotationItem.Draw(1, 1, 25, 0.5, 2.5))),
        List.of(
            new Answer("ann", 0.75, "so, so", 1, "r1", AT, false, true, true),
            new Answer("bob", null, "", 2, "r2", AT, true, true, false),
            new Answer("cid", 0.0, "", 2, "r3", AT, true, false, false)),
        List.of(),
        List.of(),
        List.of(),
        List.of(new ItemFlag("ann", "look, \"here\"", AT)),
        new Adjudication("rev", null, "nobody can", "a1", AT),
        List.of());
  }

  private static ItemState untouched() {
    return ItemState.fresh(
        new AnnotationItem(
            "i2", List.of(), "", 2, 1, List.of(new AnnotationItem.Draw(1, 1, 25, 0.1, 1))));
  }

  @Test
  void jsonl_thereAndBack_losesNothing() {
    assertThat(AnnotationFiles.fromJsonl(AnnotationFiles.jsonl(project()))).isEqualTo(project());
  }

  @Test
  void csv_thereAndBack_losesNothing() {
    assertThat(AnnotationFiles.fromCsv(AnnotationFiles.csv(project()))).isEqualTo(project());
  }

  @Test
  void fromCsv_aBrokenNumber_namesTheLineAndTheColumn() {
    String broken = AnnotationFiles.csv(project()).replace("0.75", "much");
    assertThatThrownBy(() -> AnnotationFiles.fromCsv(broken))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'score' must be a number, but was 'much'");
  }

  @Test
  void fromJsonl_somethingElse_isRefused() {
    assertThatThrownBy(() -> AnnotationFiles.fromJsonl("{\"kind\":\"cake\"}"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'kind' is 'project'");
    assertThatThrownBy(() -> AnnotationFiles.fromJsonl(""))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no project");
  }
}
