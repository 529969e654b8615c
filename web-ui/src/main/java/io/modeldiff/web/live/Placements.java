package io.modeldiff.web.live;

import io.modeldiff.core.registry.RegistryEvent.ComparisonListed;
import io.modeldiff.web.compare.LocalComparisons;
import io.modeldiff.web.compare.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a text's D lies in the comparisons of two models that have a result. */
final class Placements {
  private final LiveModels models;
  private final Supplier<Stream<ComparisonListed>> listed;
  private final Function<ComparisonListed, LocalComparisons.@Nullable Stored> histograms;

  /**
   * @param histograms of a comparison; null while it has no result
   */
  Placements(
      LiveModels models,
      Supplier<Stream<ComparisonListed>> listed,
      Function<ComparisonListed, LocalComparisons.@Nullable Stored> histograms) {
    this.models = models;
    this.listed = listed;
    this.histograms = histograms;
  }

  /** In the order of the comparisons' ids. */
  List<Placement> of(String a, String b, double d) {
    String hashA = models.find(a).hash();
    String hashB = models.find(b).hash();
    List<Placement> places = new ArrayList<>();
    listed
        .get()
        .forEach(
            c -> {
              String first = c.spec().sides().get(0).model().hash();
              String second = c.spec().sides().get(1).model().hash();
              boolean same = first.equals(hashA) && second.equals(hashB);
              if (same || (first.equals(hashB) && second.equals(hashA))) {
                LocalComparisons.Stored stored = histograms.apply(c);
                if (stored != null) {
                  places.add(Placement.of(stored, same ? d : -d));
                }
              }
            });
    places.sort(Comparator.comparing(Placement::comparison));
    return places;
  }
}
