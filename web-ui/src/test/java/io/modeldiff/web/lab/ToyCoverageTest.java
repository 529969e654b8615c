package io.modeldiff.web.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.comparison.Comparison;
import io.modeldiff.analysis.comparison.ComparisonSpec;
import io.modeldiff.core.lm.InputSpaces;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.lm.TableLanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.replica.kernel.KernelMix;
import io.modeldiff.replica.kernel.KernelName;
import io.modeldiff.replica.ladder.AdaptationPlan;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.local.LocalSmc;
import io.modeldiff.replica.local.LocalTempering;
import io.modeldiff.replica.local.TemperingPlan;
import io.modeldiff.replica.local.TemperingRun;
import io.modeldiff.replica.pilot.PilotReport;
import io.modeldiff.replica.pilot.PilotSpec;
import io.modeldiff.replica.round.RoundSpec;
import io.modeldiff.replica.round.StartState;
import io.modeldiff.replica.schedule.Schedule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the nominal 95% intervals hold the exact value on the toys, over hundreds of seeds:
 * their conditionals are tabulated first.
 */
@Tag("heavy")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToyCoverageTest {
  private static final int SEEDS = Integer.getInteger("toy.seeds", 1000);
  private static final Path TOYS = Path.of(System.getProperty("toy.models", "../models"));

  private InputSpace space;
  private ToyTables a;
  private ToyTables b;

  @BeforeAll
  void tabulate() {
    try (LanguageModel first = load("small-toy");
        LanguageModel second = load("large-toy")) {
      space = InputSpaces.resolve(first.info(), first.tokenizer(), 8, InputSpaces.BOS, "0-9");
      a = ToyTables.of(first, space);
      b = ToyTables.of(second, space);
    }
  }

  private static LanguageModel load(String name) {
    return ModelLoader.load(TOYS.resolve(name), LoadOptions.defaults());
  }

  @ParameterizedTest
  @CsvSource({"1.74, 2.00, 20000", "1.74, 2.60, 20000"})
  void intervals_onTheToys_coverBetween91And99Percent(double low, double high, double evaluations) {
    LabSpec spec =
        new LabSpec(
            space,
            new NllRange(low, high),
            evaluations,
            16,
            2,
            0.02,
            LabSpec.paperTemperatures(space.scored()));
    LabTruth truth = truth(spec.range());
    TableLanguageModel modelA = a.model(1);
    TableLanguageModel modelB = b.model(2);
    List<SeedRun> runs =
        LongStream.rangeClosed(1, SEEDS)
            .parallel()
            .mapToObj(seed -> run(spec, modelA, modelB, seed, truth))
            .toList();
    SeedTable table = SeedTable.of(runs);
    List<String> lines = table.lines().subList(2 + SEEDS, table.lines().size());
    System.out.println("Z = [" + low + ", " + high + "], " + evaluations + " evaluations");
    lines.forEach(System.out::println);
    for (SeedTable.Summary s : table.summary()) {
      assertThat(s.covered()).as(s.quantity() + " in\n" + lines).isBetween(0.91, 0.99);
    }
  }

  private static SeedRun run(
      LabSpec spec, TableLanguageModel a, TableLanguageModel b, long seed, LabTruth truth) {
    LabSide sideA = sampled(a, spec, seed);
    LabSide sideB = sampled(b, spec, ~seed);
    return SeedRun.of(
        seed,
        Comparison.of(
            sideA.scoredBy(b, spec.space(), spec.range()),
            sideB.scoredBy(a, spec.space(), spec.range()),
            new ComparisonSpec(spec.space().scored(), spec.range(), 0, spec.bin())),
        true,
        spec.evaluations(),
        truth);
  }

  /** What a campaign does with the defaults: a pilot, its ladder and β = 0, replica exchange. */
  private static LabSide sampled(TableLanguageModel model, LabSpec spec, long seed) {
    long budget = (long) spec.evaluations();
    PilotReport report =
        LocalSmc.pilot(
            model,
            spec.space(),
            PilotSpec.standard(seed, spec.range(), spec.space().scored(), budget));
    double[] betas =
        DoubleStream.concat(DoubleStream.of(0), Arrays.stream(report.ladder().betas())).toArray();
    double left = budget - report.evaluations();
    double perRound = spec.lanes() * betas.length * (1 + 0.5 * spec.moves());
    TemperingPlan plan =
        new TemperingPlan(
            new RoundSpec(
                seed, spec.moves(), KernelMix.only(KernelName.SUFFIX), true, StartState.ANCESTRAL),
            Schedule.of(Ladder.of(betas)),
            spec.lanes(),
            left,
            AdaptationPlan.within(
                (long) (left / perRound), spec.space().scored() * spec.range().high()),
            TemperingPlan.BURN_IN);
    TemperingRun run = LocalTempering.run(model, spec.space(), plan);
    return LabSide.of(run, report.evaluations() + run.evaluations(), 0);
  }

  private LabTruth truth(NllRange range) {
    double[] counts = new double[7];
    for (int i = 0; i < a.inputs(); i++) {
      double d = (double) a.z(i) - b.z(i);
      boolean inA = range.contains(a.z(i));
      boolean inB = range.contains(b.z(i));
      if (inA) {
        counts[0]++;
        counts[d < 0 ? 2 : 3]++;
      }
      if (inB) {
        counts[1]++;
        counts[d < 0 ? 4 : 5]++;
      }
      counts[6] += inA && inB ? 1 : 0;
    }
    double[] none = {0, 1};
    return new LabTruth(
        Arrays.stream(counts).map(Math::log).toArray(),
        none,
        new double[] {1},
        none,
        new double[] {1});
  }
}
