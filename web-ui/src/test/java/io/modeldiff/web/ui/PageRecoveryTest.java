package io.modeldiff.web.ui;

import static com.github.mvysny.kaributesting.v10.LocatorJ._find;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.mvysny.kaributesting.v10.MockVaadin;
import com.vaadin.flow.component.html.Paragraph;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.Platform;
import io.modeldiff.web.Toy;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.service.ComparisonService.Summary;
import io.modeldiff.web.service.Phase;
import io.modeldiff.web.service.Services;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that were opened at a bad moment. */
class PageRecoveryTest {
  private static final String HEADLINE = "Of the 3,767,046 inputs that small-toy finds likely";
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @AfterEach
  void tearDown() {
    MockVaadin.tearDown();
  }

  @Test
  void comparison_whoseStoreIsAwayForAMoment_isShownWithoutBeingAskedFor(@TempDir Path directory)
      throws InterruptedException {
    open(
        directory,
        summary -> {
          throw UserException.failed("The registry did not answer in time.");
        });
    assertThat(shown("The registry did not answer in time.")).isTrue();
    awaitHeadline();
  }

  @Test
  void comparison_thatEndedBeforeItsFiguresWereRead_showsThemWhenTheyAre(@TempDir Path directory)
      throws InterruptedException {
    open(directory, s -> as(s, Phase.SCORING, HEADLINE), s -> as(s, Phase.DONE, null));
    awaitHeadline();
  }

  private static Summary as(Summary s, Phase phase, @Nullable String headline) {
    return new Summary(
        s.id(),
        s.a(),
        s.b(),
        s.space(),
        s.lambda(),
        phase,
        s.progress(),
        s.doing(),
        headline,
        s.campaignA(),
        s.campaignB(),
        s.created(),
        s.createdBy());
  }

  private static void awaitHeadline() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!shown(HEADLINE) && System.nanoTime() < end) {
      Thread.sleep(100);
      MockVaadin.clientRoundtrip();
    }
    assertThat(shown(HEADLINE)).isTrue();
  }

  private static boolean shown(String sentence) {
    return _find(Paragraph.class).stream().anyMatch(p -> p.getText().startsWith(sentence));
  }

  /** Opens the toy's page, on a platform whose first answers about it are other ones. */
  @SafeVarargs
  private static void open(Path directory, UnaryOperator<Summary>... firstAnswers) {
    Services toy =
        Toy.services(
            AccessControl.listeningOn("127.0.0.1", Platform.users(directory)), Runnable::run);
    Services services =
        new Services(
            toy.access(),
            toy.models(),
            toy.campaigns(),
            new BadMoment(toy.comparisons(), new ArrayDeque<>(List.of(firstAnswers))).service(),
            toy.corpora(),
            toy.instances(),
            toy.annotations(),
            toy.jobs(),
            toy.system(),
            toy.background());
    TestServlet.open(services, "comparison/" + Toy.ID);
  }

  private static final class BadMoment {
    private final ComparisonService service;
    private final Queue<UnaryOperator<Summary>> firstAnswers;

    BadMoment(ComparisonService service, Queue<UnaryOperator<Summary>> firstAnswers) {
      this.service = service;
      this.firstAnswers = firstAnswers;
    }

    ComparisonService service() {
      return (ComparisonService)
          Proxy.newProxyInstance(
              ComparisonService.class.getClassLoader(),
              new Class<?>[] {ComparisonService.class},
              (proxy, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
      if (method.getName().equals("get") && !firstAnswers.isEmpty()) {
        return firstAnswers.remove().apply(service.get(Toy.ID));
      }
      try {
        return method.invoke(service, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
