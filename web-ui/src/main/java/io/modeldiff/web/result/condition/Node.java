package io.modeldiff.web.result.condition;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.result.ComparisonDocument;

/** The parts of a parsed condition. */
final class Node {
  private Node() {}

  /** A number of the result. */
  @FunctionalInterface
  interface Value {
    Quantity of(ComparisonDocument document);

    static Value field(String name) {
      return d -> {
        Quantity found = Fields.of(name, d);
        if (found == null) {
          throw UserException.failed(
              "The condition cannot be decided: "
                  + name
                  + " is not estimable in this result; sample more with --evaluations, or name"
                  + " another field (an unobserved count has a bound, "
                  + name
                  + ".high).");
        }
        return found;
      };
    }

    static Value quotient(Value x, Value y) {
      return d -> {
        Quantity divisor = y.of(d);
        if (divisor.sign() == 0) {
          throw UserException.failed("The condition cannot be decided: it divides by 0.");
        }
        return x.of(d).over(divisor);
      };
    }
  }

  /** Whether something is so. */
  sealed interface Truth {
    boolean holds(ComparisonDocument document);

    String words(ComparisonDocument document);
  }

  /** x OPERATOR y. */
  record Comparison(Value x, String operator, Value y) implements Truth {
    @Override
    public boolean holds(ComparisonDocument document) {
      int order = x.of(document).compare(y.of(document));
      return switch (operator) {
        case ">" -> order > 0;
        case ">=" -> order >= 0;
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case "==" -> order == 0;
        default -> order != 0;
      };
    }

    @Override
    public String words(ComparisonDocument document) {
      return x.of(document)
          + (holds(document) ? " " : " is not ")
          + operator
          + " "
          + y.of(document);
    }
  }

  /** Both, or either. Both sides are always computed: what cannot be decided is said. */
  record Both(Truth x, Truth y, boolean all) implements Truth {
    @Override
    public boolean holds(ComparisonDocument document) {
      boolean first = x.holds(document);
      boolean second = y.holds(document);
      return all ? first && second : first || second;
    }

    @Override
    public String words(ComparisonDocument document) {
      return x.words(document) + (all ? " and " : " or ") + y.words(document);
    }
  }
}
