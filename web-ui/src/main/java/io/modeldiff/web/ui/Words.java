package io.modeldiff.web.ui;

import com.vaadin.flow.component.html.Span;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.CampaignService;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.service.SpaceSpec;

/** Sentences that several pages say. */
final class Words {
  private Words() {}

  /** The input space in one line. */
  static String space(SpaceSpec space) {
    return "N = "
        + space.length()
        + ", Z = "
        + range(space)
        + " nats/token, prefix "
        + space.prefix()
        + (space.allow().equals("all") ? "" : ", tokens " + space.allow());
  }

  /** Z, without its unit. */
  static String range(SpaceSpec space) {
    return Numbers.hundredths(space.range().low())
        + " … "
        + Numbers.hundredths(space.range().high());
  }

  /** The headline of a result, or what is happening instead. */
  static String headline(ComparisonService.Summary summary) {
    String headline = summary.headline();
    return headline == null ? summary.doing() : headline;
  }

  /** Rate and remaining time of a campaign. */
  static String pace(CampaignService.Summary summary) {
    Long budget = summary.budget();
    StringBuilder text = new StringBuilder(Numbers.whole(summary.evaluations()));
    text.append(budget == null ? "" : " of " + Numbers.whole(budget)).append(" evaluations");
    Double rate = summary.evaluationsPerSecond();
    if (rate != null) {
      text.append(", ").append(Numbers.significant(rate, 3)).append(" per second");
    }
    Double eta = summary.etaSeconds();
    if (eta != null) {
      text.append(", about ").append(Numbers.duration(eta)).append(" left");
    }
    return text.toString();
  }

  /** A sentence that was written for terminals, with the symbols that the pages use. */
  static String symbols(String sentence) {
    return sentence.replace("beta", "β").replace("R-hat", "R̂");
  }

  /** A span with a class. */
  static Span span(String text, String... classes) {
    Span span = new Span(text);
    span.addClassNames(classes);
    return span;
  }
}
