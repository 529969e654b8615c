package io.modeldiff.replica.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.error.UserException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionsTest {
  private AnnotationProject project = Projects.of(3, 2, 60);
  private Instant now = Projects.START;

  private AnnotationReply ask(AnnotationRequest request) {
    Decision decision = Decisions.of(project, request, now);
    AnnotationProject folded = project;
    for (var event : decision.events()) {
      folded = folded.apply(event);
    }
    assertThat(folded).isEqualTo(decision.after());
    project = folded;
    return decision.reply();
  }

  private String next(String by) {
    return ((AnnotationReply.Offered) ask(new AnnotationRequest.Next(by))).item().id();
  }

  private Answer answer(String item, String by, double score, String id) {
    return Objects.requireNonNull(
        ((AnnotationReply.Recorded)
                ask(new AnnotationRequest.Submit(item, by, score, "", null, id)))
            .answer());
  }

  private ItemState item(String id) {
    return Objects.requireNonNull(project.find(id));
  }

  @Test
  void next_twoPeopleOverlapOne_getDifferentItems() {
    project = Projects.of(2, 1, 60);
    assertThat(next("ann")).isEqualTo("i0");
    assertThat(next("bob")).isEqualTo("i1");
    assertThat(next("ann")).as("asked again").isEqualTo("i0");
    assertThat(ask(new AnnotationRequest.Next("cid")))
        .isInstanceOfSatisfying(
            AnnotationReply.Waiting.class,
            w -> {
              assertThat(w.held()).isEqualTo(2);
              assertThat(w.retryAt()).isEqualTo(now.plusSeconds(60));
            });
  }

  @Test
  void next_afterALeaseEnded_goesToSomebodyElse() {
    project = Projects.of(1, 1, 60);
    next("ann");
    now = now.plusSeconds(61);
    assertThat(next("bob")).isEqualTo("i0");
    assertThatThrownBy(() -> ask(new AnnotationRequest.Renew("i0", "ann")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no longer yours");
  }

  @Test
  void submit_twiceUnderOneRequest_countsOnce() {
    next("ann");
    answer("i0", "ann", 0.5, "r1");
    AnnotationReply again = ask(new AnnotationRequest.Submit("i0", "ann", 1.0, "", null, "r1"));
    assertThat(((AnnotationReply.Recorded) again).repeated()).isTrue();
    assertThat(item("i0").answers()).hasSize(1);
    assertThat(item("i0").score()).hasValue(0.5);
  }

  @Test
  void submit_underAnotherRequest_revises() {
    next("ann");
    answer("i0", "ann", 0.5, "r1");
    assertThat(answer("i0", "ann", 1, "r2").revised()).isTrue();
    assertThat(item("i0").answers()).hasSize(1);
    assertThat(item("i0").score()).hasValue(1);
  }

  @Test
  void submit_lateWithAPlaceLeft_isCountedAndMarked() {
    next("ann");
    now = now.plusSeconds(61);
    Answer answer = answer("i0", "ann", 1, "r1");
    assertThat(answer.late()).isTrue();
    assertThat(answer.counted()).isTrue();
  }

  @Test
  void submit_lateWithoutAPlace_isKeptAsideUntilOneIsFree() {
    project = Projects.of(1, 1, 60);
    next("ann");
    now = now.plusSeconds(61);
    next("bob");
    Answer late = answer("i0", "ann", 1, "r1");
    assertThat(late.late()).isTrue();
    assertThat(late.counted()).isFalse();
    assertThat(item("i0").score()).isEmpty();
    now = now.plusSeconds(61);
    assertThat(ask(new AnnotationRequest.Next("cid")))
        .isInstanceOf(AnnotationReply.NothingLeft.class);
    assertThat(item("i0").score()).hasValue(1);
  }

  @Test
  void submit_ofAnItemNeverHandedOut_isRefused() {
    assertThatThrownBy(() -> answer("i2", "ann", 1, "r1"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("ask for the next one first");
  }

  @Test
  void submit_offTheScale_isRefused() {
    next("ann");
    assertThatThrownBy(() -> answer("i0", "ann", 0.3, "r1"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("steps of 1/4");
  }

  @Test
  void submit_cannotJudge_isAnAnswerWithoutAScore() {
    next("ann");
    ask(new AnnotationRequest.Submit("i0", "ann", null, "noise", null, "r1"));
    assertThat(item("i0").counted()).isEqualTo(1);
    assertThat(item("i0").score()).isEmpty();
  }

  @Test
  void skip_bringsTheItemBackLast() {
    String first = next("ann");
    ask(new AnnotationRequest.Skip(first, "ann", "s1"));
    assertThat(answerAll("ann")).containsExactly("i1", "i2", "i0");
    assertThat(ask(new AnnotationRequest.Next("ann")))
        .isInstanceOf(AnnotationReply.NothingLeft.class);
  }

  private List<String> answerAll(String by) {
    List<String> order = new ArrayList<>();
    while (ask(new AnnotationRequest.Next(by)) instanceof AnnotationReply.Offered offered) {
      order.add(offered.item().id());
      answer(offered.item().id(), by, 1, by + order.size());
    }
    return order;
  }

  @Test
  void undo_givesTheItemBackWithItsAnswer() {
    answer(next("ann"), "ann", 0.25, "r1");
    String shown = next("ann");
    AnnotationReply.Offered undone =
        (AnnotationReply.Offered) ask(new AnnotationRequest.Undo("ann", "u1"));
    assertThat(undone.item().id()).isEqualTo("i0");
    assertThat(Objects.requireNonNull(undone.before()).score()).isEqualTo(0.25);
    assertThat(item("i0").answers()).isEmpty();
    AnnotationReply.Offered again =
        (AnnotationReply.Offered) ask(new AnnotationRequest.Undo("ann", "u1"));
    assertThat(again.item().id()).isEqualTo("i0");
    answer("i0", "ann", 0.75, "r2");
    assertThat(next("ann")).isEqualTo(shown);
    assertThat(item("i0").score()).hasValue(0.75);
  }

  @Test
  void adjudicate_winsOverTheMean() {
    answer(next("ann"), "ann", 0, "r1");
    answer(next("bob"), "bob", 1, "r2");
    assertThat(item("i0").disputed()).isTrue();
    assertThat(item("i0").score()).hasValue(0.5);
    ask(new AnnotationRequest.Adjudicate("i0", 1.0, "clear", "rev", "a1"));
    assertThat(item("i0").score()).hasValue(1);
    assertThat(item("i0").disputed()).isFalse();
  }

  @Test
  void guidelines_revised_answersKeepTheVersionRead() {
    next("ann");
    ask(new AnnotationRequest.ReviseGuidelines("Better.", Projects.cause("g")));
    ask(new AnnotationRequest.Submit("i0", "ann", 1.0, "", 1, "r1"));
    answer(next("ann"), "ann", 1, "r2");
    assertThat(item("i0").answers().get(0).guidelines()).isEqualTo(1);
    assertThat(item("i1").answers().get(0).guidelines()).isEqualTo(2);
  }

  @Test
  void addItems_toppingUp_addsDrawsToKnownItems() {
    ask(new AnnotationRequest.AddItems(Projects.items(5), 4, 4, Projects.cause("t")));
    ask(new AnnotationRequest.AddItems(Projects.items(5), 4, 4, Projects.cause("t")));
    assertThat(project.items()).hasSize(5);
    assertThat(project.draws()).isEqualTo(8);
    assertThat(item("i0").item().multiplicity(project.defined().strata(), "AB")).isEqualTo(2);
    assertThat(item("i4").item().multiplicity(project.defined().strata(), "AB")).isEqualTo(1);
    assertThatThrownBy(
            () -> ask(new AnnotationRequest.AddItems(Projects.items(5), 4, 4, Projects.cause("u"))))
        .hasMessageContaining("Somebody else topped");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyHistory_ofTroubledPeople_neverExceedsTheOverlap(long seed) {
    Random random = new Random(seed);
    project = Projects.of(12, 3, 30);
    Map<String, String> screens = new HashMap<>();
    Set<String> submitted = new HashSet<>();
    for (int step = 0; step < 1500; step++) {
      now = now.plusMillis(random.nextInt(4000));
      String by = "p" + random.nextInt(6);
      String screen = screens.get(by);
      int what = random.nextInt(12);
      if (screen == null || what < 3) {
        if (ask(new AnnotationRequest.Next(by)) instanceof AnnotationReply.Offered offered) {
          assertThat(item(offered.item().id()).answerOf(by)).as("seed %d", seed).isNull();
          screens.put(by, offered.item().id());
        }
      } else if (what < 9) {
        String id = "r" + step;
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
          ask(new AnnotationRequest.Submit(screen, by, random.nextInt(5) / 4.0, "", null, id));
        }
        submitted.add(screen + by);
        screens.remove(by);
      } else if (what == 9) {
        screens.remove(by);
      } else if (what == 10) {
        ask(new AnnotationRequest.Skip(screen, by, "s" + step));
        screens.remove(by);
      } else if (project.items().stream().anyMatch(i -> i.answerOf(by) != null)) {
        AnnotationReply.Offered back =
            (AnnotationReply.Offered) ask(new AnnotationRequest.Undo(by, "u" + step));
        submitted.remove(back.item().id() + by);
        screens.put(by, back.item().id());
      }
      check(seed, submitted);
    }
    for (int i = 0; i < 6; i++) {
      now = now.plusSeconds(31);
      answerAll("p" + i);
    }
    ask(new AnnotationRequest.Next("p0"));
    assertThat(project.items()).as("seed %d", seed).allMatch(i -> i.counted() == 3);
  }

  private void check(long seed, Set<String> submitted) {
    Set<String> kept = new HashSet<>();
    for (ItemState item : project.items()) {
      Set<String> people = new HashSet<>();
      item.answers().forEach(a -> assertThat(people.add(a.by())).as("seed %d", seed).isTrue());
      item.answers().forEach(a -> kept.add(item.item().id() + a.by()));
      assertThat(item.free(3, "", now)).as("seed %d", seed).isGreaterThanOrEqualTo(0);
    }
    assertThat(kept).as("seed %d", seed).isEqualTo(submitted);
  }
}
