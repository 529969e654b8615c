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
import io.modeldiff.replica.annotation.AnnotationRequest;
import io.modeldiff.replica.annotation.Decisions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        List.of(
            new Guidelines(1, "First\nlines", cause),
            new Guidelines(2, "Second", new Cause("other", "", AT, "c2"))),
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
    assertThat(AnnotationCsv.read(AnnotationCsv.write(project()))).isEqualTo(project());
  }

  @Test
  void requests_ofAFile_makeAProjectThatExportsTheSame() {
    String file = AnnotationFiles.jsonl(project());
    Importer importer = new Importer(AnnotationFiles.fromJsonl(file), Cause.now("importer", ""));
    List<AnnotationRequest> requests = new ArrayList<>(List.of(importer.create(null)));
    requests.addAll(importer.rest());
    AnnotationProject copy = AnnotationProject.none("p1");
    for (AnnotationRequest request : requests) {
      copy = Decisions.of(copy, request, AT).after();
      copy = Decisions.of(copy, request, AT).after(); // a retry changes nothing
    }
    assertThat(AnnotationFiles.jsonl(copy)).isEqualTo(file);
    assertThat(AnnotationCsv.write(copy)).isEqualTo(AnnotationCsv.write(project()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.75|much|Line 6 of the file: 'score' must be a number, but was 'much'.",
        "0.75|0.7|Line 6 of the file: 'score' must be 0 to 1 in steps of 1/4",
        "answer,i1,bob|answer,i9,bob|Line 7 of the file: 'item' must be one of a line above",
        "answer,i1,bob|answer,i1,ann|Line 7 of the file: 'by' must be somebody whose answer",
        "true,false,false|perhaps,false,false|Line 8 of the file: 'late' must be true or false",
        "answer,i1,cid|remark,i1,cid|Line 8 of the file: 'kind' must be project, item, answer",
        "review,i1,rev|review,i1|Line 10 of the file has 15 cells instead of 16.",
        "[3,1,4]|3|Line 3 of the file, column 'tokens': what stands there is not as",
      })
  void csv_thatCannotBeSo_isRefusedByLineAndField(String what, String instead, String sentence) {
    String broken = AnnotationCsv.write(project()).replace(what, instead);
    refused(() -> AnnotationCsv.read(broken), sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"overlap\":2'|'\"overlap\":0'|Line 1 of the file: The field 'overlap' of a project must",
        "'\"lambda\":0.25,'|''|Line 1 of the file: the field 'design.lambda' is missing.",
        "'\"direction\":\"AB\",'|''|Line 1 of the file: the field 'design.strata[0].direction' is",
        "'\"version\":2'|'\"version\":3'|Line 1 of the file: 'guidelines[1].version' must be 2",
        "'\"zA\":1.1,'|''|Line 2 of the file: the field 'item.zA' is missing.",
        "'\"zA\":1.1,'|'\"zA\":\"low\",'|Line 2 of the file: the field 'item.zA' cannot be 'low'.",
        "'\"stratum\":0'|'\"stratum\":2'|Line 2 of the file: 'stratum' must be 0 to 1, but was 2.",
        "'\"score\":0.75'|'\"score\":0.8'|Line 2 of the file: 'score' must be 0 to 1 in steps of",
        "'\"by\":\"cid\"'|'\"by\":null'|Line 2 of the file: 'by' must be a name, but was null.",
        "'\"counted\":false'|'\"counted\":true'|Line 2 of the file: 'counted' must be true for at",
        "'\"i2\"'|'\"i1\"'|Line 3 of the file: item 'i1' is on line 2.",
        "'\"i2\"'|'i2'|Line 3 of the file is not JSON at character",
      })
  void jsonl_thatCannotBeSo_isRefusedByLineAndField(String what, String instead, String sentence) {
    String broken = AnnotationFiles.jsonl(project()).replace(what, instead);
    refused(() -> AnnotationFiles.fromJsonl(broken), sentence);
  }

  @Test
  void fromJsonl_somethingElse_isRefused() {
    refused(() -> AnnotationFiles.fromJsonl("{\"kind\":\"cake\"}"), "'kind' is 'project'");
    refused(() -> AnnotationFiles.fromJsonl(""), "no project");
  }

  private static void refused(ThrowingCallable read, String sentence) {
    assertThatThrownBy(read).isInstanceOf(UserException.class).hasMessageContaining(sentence);
  }
}
