package io.modeldiff.replica.cluster;

import static io.modeldiff.replica.cluster.WriteSide.await;

import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.DesignStratum;
import io.modeldiff.core.annotation.Term;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.SmcReplicateClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.registry.RegistryEvent.CorpusRegistered;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.replica.annotation.AnnotationReply.Offered;
import io.modeldiff.replica.annotation.AnnotationRequest;
import io.modeldiff.replica.api.Comparisons;
import io.modeldiff.replica.comparison.ComparisonStatus;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.stream.javadsl.Sink;

/** Small runs whose histories {@link GoldenHistory} keeps; each returns their names. */
final class GoldenRun {
  private GoldenRun() {}

  /** Two campaigns, one cloned from the other, with everything on the way, and their comparison. */
  static List<String> completed(WriteSide side) {
    CampaignSpec a = WriteSide.small(31).ladder().lanes(8).evaluations(9000).build();
    CampaignSpec b = WriteSide.small(32).lanes(8).evaluations(300).build();
    String idA = CampaignSpecs.id(a);
    String idB = CampaignSpecs.id(b);
    var campaigns = side.replicas.campaigns();
    await(campaigns.start(a, Cause.now("ada", "first")));
    await(campaigns.pause(idA, Cause.now("ada", "wait")));
    await(campaigns.resume(idA, Cause.now("ada", "go")));
    await(campaigns.startClone(b, idA, Cause.now("ada", "the other model")));
    CampaignLifeTest.untilEnd(side, idA);
    CampaignLifeTest.untilEnd(side, idB);
    await(campaigns.extend(idB, 400, 0.05, Cause.now("ben", "more")));
    CampaignLifeTest.untilEnd(side, idB);
    ComparisonSpec comparison = Comparisons.spec(List.of(a, b), 0.1, 0.05, null, 0.1);
    await(side.replicas.comparisons().start(comparison, Cause.now("ada", "compare")));
    await(
        side.replicas
            .comparisons()
            .watch(comparison.id())
            .filter(v -> v.status() == ComparisonStatus.COMPLETED)
            .runWith(Sink.head(), side.kit.system()));
    register(side);
    return histories(side, idA, idB, comparison.id());
  }

  private static void register(WriteSide side) {
    var registry = side.replicas.registry();
    Cause cause = Cause.now("ada", "register");
    await(
        registry.register(
            new ModelRegistered("m", "/models/m", "ab", "gpt2", "causal", 10, 64, 1000, cause)));
    await(registry.register(new CorpusRegistered("c", "/corpora/c", "cd", 12, cause)));
  }

  private static List<String> histories(WriteSide side, String a, String b, String comparison) {
    List<String> names = new ArrayList<>();
    names.add(Histories.campaign(a));
    names.add(Histories.campaign(b));
    long replicates =
        CampaignLifeTest.history(side, Histories.campaign(a), CampaignEvent.class).stream()
            .filter(SmcReplicateClosed.class::isInstance)
            .count();
    names.add(Histories.replica(b, 0));
    names.add(Histories.replica(b, 1));
    names.add(Histories.smc(a, (int) replicates - 1));
    names.add(Histories.comparison(comparison));
    names.add(Histories.registry());
    return names;
  }

  /** A campaign that is cancelled, and one whose model cannot be had. */
  static List<String> ended(WriteSide side) {
    CampaignSpec cancelled = WriteSide.small(33).evaluations(1_000_000).build();
    CampaignSpec failed =
        CampaignSpecs.builder(
                new ModelRef("missing", "tables", "not a seed", "f32"),
                InputSpace.all(4, new int[] {0}, 5),
                new NllRange(0.5, 1.5))
            .seed(7)
            .lanes(4)
            .ladder(0.5, 1)
            .evaluations(2000)
            .build();
    String first = CampaignSpecs.id(cancelled);
    String second = CampaignSpecs.id(failed);
    var campaigns = side.replicas.campaigns();
    await(campaigns.start(cancelled, Cause.now("ada", "first")));
    await(campaigns.cancel(first, Cause.now("ben", "a mistake")));
    await(campaigns.start(failed, Cause.now("ada", "second")));
    CampaignLifeTest.untilEnd(side, second);
    return List.of(Histories.campaign(first), Histories.campaign(second));
  }

  /** A project in which every kind of thing but a late answer happens. */
  static List<String> annotation(WriteSide side) {
    AnnotationDesign design =
        new AnnotationDesign(
            "golden",
            "x1",
            List.of(Term.PD_AB),
            0,
            List.of(new DesignStratum("AB", null, 0.0)),
            4,
            4,
            2,
            true,
            1,
            600);
    var annotations = side.replicas.annotations();
    Cause create = Cause.now("ada", "create");
    await(
        annotations.create(
            "golden", new AnnotationRequest.Create(design, "Score.", create), create));
    ask(side, new AnnotationRequest.AddItems(items(), 4, 0, Cause.now("ada", "draw")));
    ask(side, new AnnotationRequest.ReviseGuidelines("Score well.", Cause.now("ada", "revise")));
    String item = next(side, "ann");
    ask(side, new AnnotationRequest.Renew(item, "ann"));
    ask(side, new AnnotationRequest.Submit(item, "ann", 1.0, "", null, "r1"));
    ask(side, new AnnotationRequest.Submit(item, "ann", 0.5, "hm", null, "r2"));
    ask(side, new AnnotationRequest.Undo("ann", "r3"));
    ask(side, new AnnotationRequest.Submit(item, "ann", null, "unclear", null, "r4"));
    String other = next(side, "ann");
    ask(side, new AnnotationRequest.Skip(other, "ann", "r5"));
    ask(side, new AnnotationRequest.Flag(item, "ann", "odd", "r6"));
    ask(side, new AnnotationRequest.ClearFlags(item, "rev", "r7"));
    ask(side, new AnnotationRequest.Adjudicate(item, 1.0, "clear", "rev", "r8"));
    return List.of(Histories.annotation("golden"));
  }

  private static String next(WriteSide side, String by) {
    return ((Offered)
            await(side.replicas.annotations().ask("golden", new AnnotationRequest.Next(by))))
        .item()
        .id();
  }

  private static void ask(WriteSide side, AnnotationRequest request) {
    await(side.replicas.annotations().ask("golden", request));
  }

  private static List<AnnotationItem> items() {
    List<AnnotationItem> items = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      items.add(
          new AnnotationItem(
              "i" + i,
              List.of(i),
              "text " + i,
              1,
              1.5,
              List.of(new AnnotationItem.Draw(0, 1, 4, 0.1, 2))));
    }
    return items;
  }
}
