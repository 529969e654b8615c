package io.modeldiff.analysis.readmodel;

import io.modeldiff.analysis.projection.Lag;
import io.modeldiff.analysis.projection.Marks;
import io.modeldiff.analysis.projection.Projection;
import io.modeldiff.analysis.projection.Projections;
import io.modeldiff.core.annotation.AnnotationEvent;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.comparison.ComparisonEvent;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.JournalReader;
import io.modeldiff.core.ops.Metrics;
import io.modeldiff.core.platform.Platform;
import io.modeldiff.core.registry.RegistryEvent;
import io.modeldiff.core.store.StoreKeyspaces;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * The read side of one node: the projections that fill the read tables, and the tables. Every
 * answer is what the tables hold, a few seconds behind the journal.
 */
public final class ReadSide {
  private static final String CAMPAIGNS = "campaigns";
  private static final String ANNOTATIONS = "annotations";
  private static final String KEEP_EVERY = "modeldiff.read-side.keep-every";

  private final CassandraSession session;
  private final Projections projections;
  private final DocumentFold<CampaignEvent, CampaignProgress> campaigns;
  private final DocumentFold<ComparisonEvent, ComparisonProgress> comparisons;
  private final RoundSumsFold histograms;
  private final RoundSumsFold swaps;
  private final CampaignRows rows;
  private final SampleRows samples;
  private final CrossScoreRows crossScores;
  private final RegistrationRows registrations;
  private final AnnotationRows annotations;

  private final ActorSystem<?> system;
  private final StoreKeyspaces keyspaces;
  private final JournalReader journal;

  /** The tables; nothing is projected before {@link #start}. */
  public ReadSide(ActorSystem<?> system, StoreKeyspaces keyspaces) {
    this.system = system;
    this.keyspaces = keyspaces;
    this.journal = new JournalReader(system);
    this.session = Platform.session(system);
    this.projections = new Projections(system, keyspaces);
    this.campaigns = newCampaigns();
    this.comparisons = newComparisons();
    this.histograms = RoundSumsFold.histograms(session, keyspaces.read());
    this.swaps = RoundSumsFold.swaps(session, keyspaces.read());
    this.rows = new CampaignRows(session, keyspaces.read());
    this.samples = newSamples();
    this.crossScores = new CrossScoreRows(session, keyspaces.read());
    this.registrations = new RegistrationRows(session, keyspaces.read());
    this.annotations = new AnnotationRows(session, keyspaces.read());
  }

  /**
   * Starts the projections; call it once on every node, they run on those with the coordinator
   * role.
   */
  public ReadSide start() {
    Metrics.get(system)
        .gauge(
            "modeldiff_projection_lag_seconds",
            "From an event's being written to its being in the read tables, 99th percentile",
            () -> lag().quantile(0.99).toMillis() / 1e3);
    projections.start(
        new Projection<>(
            CAMPAIGNS,
            Histories.CAMPAIGN,
            Histories.tags(Histories.CAMPAIGN),
            CampaignEvent.class,
            () ->
                List.of(
                    newCampaigns(),
                    RoundSumsFold.histograms(session, keyspaces.read()),
                    RoundSumsFold.swaps(session, keyspaces.read()),
                    new CampaignRows(session, keyspaces.read()),
                    newSamples(),
                    campaignDocuments())),
        sweepEvery());
    projections.start(
        new Projection<>(
            "comparisons",
            Histories.COMPARISON,
            Histories.tags(Histories.COMPARISON),
            ComparisonEvent.class,
            () ->
                List.of(
                    newComparisons(),
                    new CrossScoreRows(session, keyspaces.read()),
                    comparisonDocuments())),
        sweepEvery());
    projections.start(
        new Projection<>(
            "registry",
            Histories.REGISTRY,
            List.of(Histories.tag(Histories.REGISTRY, Histories.MAIN)),
            RegistryEvent.class,
            () -> List.of(new RegistrationRows(session, keyspaces.read()))),
        sweepEvery());
    projections.start(
        new Projection<>(
            ANNOTATIONS,
            Histories.ANNOTATION,
            Histories.tags(Histories.ANNOTATION),
            AnnotationEvent.class,
            () -> List.of(new AnnotationRows(session, keyspaces.read()))),
        sweepEvery());
    return this;
  }

  private Duration sweepEvery() {
    return system.settings().config().getDuration("modeldiff.read-side.sweep-every");
  }

  private DocumentFold<CampaignEvent, CampaignProgress> newCampaigns() {
    return new DocumentFold<>(
        session,
        keyspaces.read() + ".campaign_progress",
        "campaign",
        CampaignProgress.class,
        CampaignProgress::none,
        CampaignProgress::after);
  }

  private DocumentFold<ComparisonEvent, ComparisonProgress> newComparisons() {
    return new DocumentFold<>(
        session,
        keyspaces.read() + ".comparison_progress",
        "comparison",
        ComparisonProgress.class,
        ComparisonProgress::none,
        ComparisonProgress::after);
  }

  private SampleRows newSamples() {
    var config = system.settings().config();
    return new SampleRows(
        system,
        session,
        new Marks(system, keyspaces),
        CAMPAIGNS,
        keyspaces.read(),
        config.getLong(KEEP_EVERY));
  }

  /** How far this node's projections are behind the journal. */
  public Lag lag() {
    return projections.lag();
  }

  /** What can be rebuilt. */
  public List<String> projections() {
    return projections.names();
  }

  /** Empties the tables of a projection and fills them again; done when that has begun. */
  public CompletionStage<Done> rebuild(String projection) {
    return projections.rebuild(projection);
  }

  /** Whether a projection has applied everything that the journal holds now. */
  public CompletionStage<Boolean> isCaughtUp(String projection) {
    return projections.isCaughtUp(projection);
  }

  /** How far a campaign is. */
  public CompletionStage<Optional<CampaignProgress>> campaign(String campaign) {
    return campaigns.find(campaign);
  }

  /** How far every campaign is. */
  public CompletionStage<List<CampaignProgress>> campaigns() {
    return campaigns.all();
  }

  /** Life cycle and ladder events of a campaign, oldest first. */
  public CompletionStage<List<CampaignChange>> changes(String campaign) {
    return rows.changes(campaign);
  }

  /** Histograms of z by ladder, phase and rung. */
  public CompletionStage<List<RungHistogram>> histograms(String campaign) {
    return histograms
        .load(campaign)
        .thenApply(
            at ->
                at.state().bins().entrySet().stream()
                    .map(
                        e ->
                            new RungHistogram(
                                e.getKey().ladder(),
                                e.getKey().phase(),
                                e.getKey().index(),
                                e.getValue().keySet().stream().mapToInt(i -> i).toArray(),
                                e.getValue().values().stream().mapToLong(l -> l).toArray()))
                    .toList());
  }

  /** Swaps by ladder, phase and pair of rungs. */
  public CompletionStage<List<PairSwaps>> swaps(String campaign) {
    return swaps
        .load(campaign)
        .thenApply(
            at ->
                at.state().pairs().entrySet().stream()
                    .map(
                        e ->
                            new PairSwaps(
                                e.getKey().ladder(),
                                e.getKey().phase(),
                                e.getKey().index(),
                                e.getValue().tried(),
                                e.getValue().accepted(),
                                e.getValue().rejection()))
                    .toList());
  }

  /** Where the lanes went, round by round. */
  public Source<RoundWalk, NotUsed> walks(String campaign, long fromRound, long toRound) {
    return rows.walks(campaign, fromRound, toRound);
  }

  /** Counted samples in Z of one replica, round by round. */
  public Source<KeptSamples, NotUsed> samples(
      String campaign, int replica, long fromRound, long toRound) {
    return samples.samples(campaign, replica, fromRound, toRound);
  }

  /** How far a comparison is. */
  public CompletionStage<Optional<ComparisonProgress>> comparison(String comparison) {
    return comparisons.find(comparison);
  }

  /** How far every comparison is. */
  public CompletionStage<List<ComparisonProgress>> comparisons() {
    return comparisons.all();
  }

  /** Energies that another side's model gave to a sampler's history. */
  public Source<CrossScoredStretch, NotUsed> crossScores(
      String comparison, int side, int scorer, String history) {
    return crossScores.read(comparison, side, scorer, history);
  }

  /** What is registered of a kind. */
  public CompletionStage<List<Registration>> registrations(String kind) {
    return registrations.read(kind);
  }

  /**
   * An annotation project as the tables hold it; {@link AnnotationSheet#reached} says up to where.
   */
  public CompletionStage<AnnotationSheet> annotation(String project) {
    return new Marks(system, keyspaces)
        .last(ANNOTATIONS, Histories.annotation(project))
        .thenCompose(reached -> annotations.read(project, reached));
  }

  /** Results of comparisons, as they were computed. */
  public ComputedDocuments<ComparisonEvent> comparisonDocuments() {
    return new ComputedDocuments<>(
        session, keyspaces.read() + ".comparison_documents", "comparison");
  }

  /** Figures of campaigns, as they were computed. */
  public ComputedDocuments<CampaignEvent> campaignDocuments() {
    return new ComputedDocuments<>(session, keyspaces.read() + ".campaign_documents", "campaign");
  }

  /**
   * Whether no history has gone on beyond what was read of it; asks the journal itself.
   *
   * @param reached number of the last event that was read, by persistence id
   */
  public CompletionStage<Boolean> isUpToDate(Map<String, Long> reached) {
    List<CompletableFuture<Boolean>> rest =
        reached.entrySet().stream()
            .map(
                e ->
                    journal
                        .current(e.getKey(), e.getValue() + 1, Long.MAX_VALUE, Object.class)
                        .take(1)
                        .runWith(Sink.headOption(), system)
                        .thenApply(Optional::isEmpty)
                        .toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(rest.toArray(CompletableFuture[]::new))
        .thenApply(done -> rest.stream().allMatch(CompletableFuture::join));
  }

  /** Up to which event of campaigns and comparisons the tables are, by persistence id. */
  public CompletionStage<Map<String, Long>> numbers() {
    return campaigns
        .numbers()
        .thenCombine(
            comparisons.numbers(),
            (ofCampaigns, ofComparisons) -> {
              Map<String, Long> all = new HashMap<>();
              ofCampaigns.forEach((id, number) -> all.put(Histories.campaign(id), number));
              ofComparisons.forEach((id, number) -> all.put(Histories.comparison(id), number));
              return all;
            });
  }
}
