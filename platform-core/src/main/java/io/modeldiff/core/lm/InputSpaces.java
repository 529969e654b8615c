package io.modeldiff.core.lm;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.space.InputSpace;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the words in which people describe an input space ({@code --prefix}, {@code --allow}) to
 * the token ids of one model.
 */
public final class InputSpaces {
  /** Prefix word: the token that starts a text, as the model's configuration names it. */
  public static final String BOS = "bos";

  /** Prefix word: nothing stands before the sequence, so its first token is not scored. */
  public static final String NONE = "none";

  /** Allow word: every token of the vocabulary. */
  public static final String ALL = "all";

  /** Allow word: every token except the special ones. */
  public static final String NO_SPECIAL = "no-special";

  private InputSpaces() {}

  /**
   * The input space of a model.
   *
   * @param length N
   * @param prefix {@code bos}, {@code none} or a text
   * @param allow {@code all}, {@code no-special} or ids such as {@code 0-9,42}
   */
  public static InputSpace resolve(
      ModelInfo model, Tokenizer tokenizer, int length, String prefix, String allow) {
    InputSpace space =
        new InputSpace(
            length,
            prefix(model, tokenizer, prefix),
            allowed(model, tokenizer, allow),
            model.vocabulary());
    int inputs = space.prefix().length + length - 1;
    if (inputs > model.positions()) {
      throw UserException.badInput(
          model.name()
              + " has "
              + model.positions()
              + " positions, but the length N = "
              + length
              + " behind a prefix of "
              + space.prefix().length
              + " tokens needs "
              + inputs
              + "; choose a smaller --length.");
    }
    return space;
  }

  /**
   * The token ids before a sequence. A text stands for exactly its own tokens: a model's BOS is
   * only before it when the text spells it.
   */
  public static int[] prefix(ModelInfo model, Tokenizer tokenizer, String prefix) {
    return switch (prefix) {
      case NONE -> new int[0];
      case BOS ->
          new int[] {
            model
                .bos()
                .orElseThrow(
                    () ->
                        UserException.badInput(
                            model.name()
                                + " names no token that starts a text (bos_token_id or"
                                + " eos_token_id); use --prefix none or --prefix TEXT."))
          };
      default -> {
        int[] ids = tokenizer.encode(prefix);
        if (ids.length == 0) {
          throw UserException.badInput(
              "The prefix '" + prefix + "' has no tokens; use --prefix none for no prefix.");
        }
        yield ids;
      }
    };
  }

  /** The ids that may appear in a sequence, ascending. */
  public static int[] allowed(ModelInfo model, Tokenizer tokenizer, String allow) {
    int vocabulary = model.vocabulary();
    return switch (allow) {
      case ALL -> IntStream.range(0, vocabulary).toArray();
      case NO_SPECIAL -> {
        Set<Integer> special = tokenizer.specialIds();
        yield IntStream.range(0, vocabulary).filter(id -> !special.contains(id)).toArray();
      }
      default -> ids(allow, vocabulary);
    };
  }

  private static int[] ids(String allow, int vocabulary) {
    TreeSet<Integer> ids = new TreeSet<>();
    for (String part : allow.split(",", -1)) {
      String[] ends = part.strip().split("-", -1);
      try {
        int first = Integer.parseInt(ends[0].strip());
        int last = ends.length == 1 ? first : Integer.parseInt(ends[1].strip());
        if (ends.length > 2 || first > last) {
          throw notIds(allow, part, null);
        }
        if (last >= vocabulary) {
          throw UserException.badInput(
              "--allow names token id "
                  + last
                  + ", but the model's ids end at "
                  + (vocabulary - 1)
                  + ".");
        }
        IntStream.rangeClosed(first, last).forEach(ids::add);
      } catch (NumberFormatException e) {
        throw notIds(allow, part, e);
      }
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private static UserException notIds(
      String allow, String part, @Nullable NumberFormatException cause) {
    String sentence =
        "--allow must be all, no-special, or token ids such as 0-9,42, but '"
            + part
            + "' in '"
            + allow
            + "' is neither an id nor a range.";
    return cause == null
        ? UserException.badInput(sentence)
        : UserException.badInput(sentence, cause);
  }
}
