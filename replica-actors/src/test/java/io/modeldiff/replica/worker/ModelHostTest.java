package io.modeldiff.replica.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.TableLanguageModel;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ModelHostTest {
  private static final ModelRef REF = new ModelRef("table", "tables", "1", "f32");
  private final AtomicInteger loads = new AtomicInteger();

  private ModelHost host(Duration callLimit) {
    return new ModelHost(
        ref -> {
          loads.incrementAndGet();
          return new TableLanguageModel(3, 1, 1);
        },
        callLimit,
        Duration.ofSeconds(10));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void submit_twice_loadsOnce() throws Exception {
    try (ModelHost host = host(Duration.ofSeconds(10))) {
      LanguageModel first = get(host.submit(REF, model -> model));
      LanguageModel second = get(host.submit(REF, model -> model));
      assertThat(second).isSameAs(first);
      assertThat(loads).hasValue(1);
    }
  }

  @Test
  void submit_callThatHangs_failsItAndWhatWaitsAndGoesOnWithAFreshModel() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (ModelHost host = host(Duration.ofMillis(300))) {
      CompletionStage<Boolean> hangs = host.submit(REF, model -> never.await(1, TimeUnit.MINUTES));
      CompletionStage<LanguageModel> behind = host.submit(REF, model -> model);
      assertThatThrownBy(() -> get(hangs)).hasCauseInstanceOf(ModelCallHung.class);
      assertThatThrownBy(() -> get(behind)).hasCauseInstanceOf(ModelCallHung.class);
      LanguageModel fresh = get(host.submit(REF, model -> model));
      assertThat(fresh).isNotNull();
      assertThat(loads).hasValue(2);
      assertThat(host.hungCalls()).isEqualTo(1);
    } finally {
      never.countDown();
    }
  }

  @Test
  void submit_modelThatCannotBeLoaded_failsWithTheLoadersSentence() {
    ModelSource source =
        ref -> {
          throw UserException.failed("There is no model " + ref.name() + ".");
        };
    try (ModelHost host = new ModelHost(source, Duration.ofSeconds(5), Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> get(host.submit(REF, model -> model)))
          .hasRootCauseMessage("There is no model table.");
    }
  }
}
