package io.modeldiff.web.result.condition;

import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.ComparisonDocument.Share;
import io.modeldiff.web.result.Count;
import io.modeldiff.web.result.ResultChecks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a result that a condition may name. */
final class Fields {
  private static final Map<String, Function<ComparisonDocument, @Nullable Quantity>> ALL =
      new LinkedHashMap<>();

  static {
    count("countA", ComparisonDocument::countA);
    count("countB", ComparisonDocument::countB);
    count("countAB", ComparisonDocument::countAB);
    count("pdAB", d -> d.terms().pdAB());
    count("paAB", d -> d.terms().paAB());
    count("paBA", d -> d.terms().paBA());
    count("pdBA", d -> d.terms().pdBA());
    share("share.pdAB", d -> d.shares().pdAB());
    share("share.paAB", d -> d.shares().paAB());
    share("share.paBA", d -> d.shares().paBA());
    share("share.pdBA", d -> d.shares().pdBA());
    share("overlap.ofA", d -> d.overlap().ofA());
    share("overlap.ofB", d -> d.overlap().ofB());
    ratio("pooled", d -> d.ratio().pooled(), d -> d.ratio().pooledSe());
    ratio("absolute", d -> d.ratio().absolute(), d -> d.ratio().absoluteSe());
    ratio("r3", d -> d.ratio().r3(), d -> d.ratio().r3Se());
    number("rHatMax", d -> d.checks().rHatMax());
    number("closure", d -> value(d.checks().closure()));
    number("smcAgreement", d -> value(d.checks().smcAgreement()));
    number("lambda", ComparisonDocument::lambda);
    number("evaluations.A", d -> d.evaluations().A());
    number("evaluations.B", d -> d.evaluations().B());
  }

  private Fields() {}

  private static @Nullable Double value(ResultChecks.@Nullable Check check) {
    return check == null ? null : check.value();
  }

  private static void number(String name, Function<ComparisonDocument, @Nullable Double> value) {
    ALL.put(
        name,
        d -> {
          Double found = value.apply(d);
          return found == null || !Double.isFinite(found) ? null : Quantity.of(found);
        });
  }

  private static void count(String name, Function<ComparisonDocument, Count> count) {
    logarithm(name, count, Count::log10);
    logarithm(name + ".low", count, Count::low10);
    logarithm(name + ".high", count, c -> c.high10() != null ? c.high10() : c.upperLog10());
    number(name + ".log10", d -> count.apply(d).log10());
    number(name + ".relSe", d -> count.apply(d).relSe());
  }

  private static void logarithm(
      String name,
      Function<ComparisonDocument, Count> count,
      Function<Count, @Nullable Double> log10) {
    ALL.put(
        name,
        d -> {
          Double found = log10.apply(count.apply(d));
          return found == null || !Double.isFinite(found) ? null : Quantity.ofLog10(found);
        });
  }

  private static void share(String name, Function<ComparisonDocument, Share> share) {
    number(name, d -> share.apply(d).value());
    number(name + ".low", d -> share.apply(d).low());
    number(name + ".high", d -> share.apply(d).high());
    number(name + ".se", d -> share.apply(d).se());
  }

  private static void ratio(
      String name,
      Function<ComparisonDocument, List<@Nullable Double>> values,
      Function<ComparisonDocument, List<@Nullable Double>> errors) {
    String[] terms = {"paAB", "paBA", "pdBA"};
    for (int i = 0; i < terms.length; i++) {
      int entry = i + 1;
      number("ratio." + name + "." + terms[i], d -> values.apply(d).get(entry));
      number("ratio." + name + "." + terms[i] + ".se", d -> errors.apply(d).get(entry));
    }
  }

  static boolean has(String name) {
    return ALL.containsKey(name);
  }

  static @Nullable Quantity of(String name, ComparisonDocument document) {
    Function<ComparisonDocument, @Nullable Quantity> field = ALL.get(name);
    return field == null ? null : field.apply(document);
  }

  static String names() {
    return String.join(", ", ALL.keySet());
  }
}
