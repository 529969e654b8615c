package io.modeldiff.web.live;

import io.modeldiff.analysis.annotation.AnnotationResults;
import io.modeldiff.analysis.annotation.PrecisionRecall.Figures;
import io.modeldiff.analysis.annotation.Proportion;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Term;
import io.modeldiff.web.service.AnnotationService.Rate;
import io.modeldiff.web.service.AnnotationService.Results;
import io.modeldiff.web.service.AnnotationService.Share;
import io.modeldiff.web.service.AnnotationService.TermFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The estimators' records about annotations as the service answers them, with a verdict in words.
 */
final class ShownResults {
  private ShownResults() {}

  static Results of(AnnotationProject project, AnnotationResults results, String a, String b) {
    List<TermFigures> terms = new ArrayList<>();
    for (Term term : project.defined().terms()) {
      Figures figures = results.terms().get(term);
      if (figures != null) {
        terms.add(figures(term, figures));
      }
    }
    AnnotationResults.Verdict verdict = results.verdict();
    return new Results(
        project.project(),
        a,
        b,
        project.defined().lambda(),
        results.judged(),
        terms,
        verdict.better().name().toLowerCase(Locale.ROOT),
        verdict.moreAnnotations(),
        sentence(verdict, a, b, project.defined().overlap()));
  }

  private static TermFigures figures(Term term, Figures f) {
    return new TermFigures(
        term,
        share(f.precision()),
        share(f.recall()),
        f.truePositives().log10(),
        f.truePositives().relSe(),
        f.rates().stream()
            .map(r -> new Rate(finite(r.low()), finite(r.high()), share(r.score())))
            .toList());
  }

  private static Share share(Proportion p) {
    return new Share(p.value(), p.low(), p.high(), p.items());
  }

  private static @Nullable Double finite(double edge) {
    return Double.isInfinite(edge) ? null : (Double) edge;
  }

  private static String sentence(AnnotationResults.Verdict v, String a, String b, int overlap) {
    Double valueA = v.precisionA().value();
    Double valueB = v.precisionB().value();
    if (valueA == null || valueB == null) {
      return "Not yet: inputs that "
          + (valueA == null ? a + " finds likely and " + b + " less so" : "")
          + (valueA == null && valueB == null ? ", and inputs that " : "")
          + (valueB == null ? b + " finds likely and " + a + " less so" : "")
          + ", must be annotated first.";
    }
    String shares =
        String.format(
            Locale.ENGLISH,
            "People find %1$.1f%% of the inputs good that %3$s finds likely and %4$s less so, and"
                + " %2$.1f%% of those that %4$s finds likely and %3$s less so",
            100 * valueA,
            100 * valueB,
            a,
            b);
    Long more = v.moreAnnotations();
    return switch (v.better()) {
      case A -> shares + ": " + a + " agrees more with people.";
      case B -> shares + ": " + b + " agrees more with people.";
      case UNDECIDED ->
          shares
              + (more == null
                  ? ": more annotations alone would not decide it; the counts are too uncertain, or"
                      + " the two are alike."
                  : String.format(
                      Locale.ENGLISH,
                      ": undecided; about %,d more items (%,d answers) would decide it.",
                      more,
                      more * overlap));
    };
  }
}
