package io.modeldiff.core.lm.files;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of a tokenizer.json, run by the Hugging Face library itself, so that ids agree
 * exactly. Needs neither libtorch nor the network.
 */
public final class TokenizerJson implements Tokenizer {
  private final HuggingFaceTokenizer tokenizer;
  private final Map<String, Integer> vocabulary;
  private final Map<Integer, String> byId = new HashMap<>();
  private final Set<Integer> special;
  private final @Nullable TokenBytes bytes;

  private TokenizerJson(
      HuggingFaceTokenizer tokenizer,
      Map<String, Integer> vocabulary,
      Set<Integer> special,
      JsonNode decoder) {
    this.tokenizer = tokenizer;
    this.vocabulary = Collections.unmodifiableMap(vocabulary);
    this.special = Collections.unmodifiableSet(special);
    vocabulary.forEach((token, id) -> byId.put(id, token));
    this.bytes = TokenBytes.of(decoder, byId);
  }

  /** Reads tokenizer.json of a model directory. */
  public static TokenizerJson open(Path directory) {
    Path file = directory.resolve("tokenizer.json");
    JsonNode json = ConfigJson.read(file).json();
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    JsonNode vocab = json.path("model").path("vocab");
    if (vocab.isObject()) {
      vocab.properties().forEach(e -> vocabulary.put(e.getKey(), e.getValue().intValue()));
    } else {
      for (int i = 0; i < vocab.size(); i++) {
        vocabulary.put(vocab.get(i).path(0).asText(), i);
      }
    }
    Set<Integer> special = new TreeSet<>();
    for (JsonNode added : json.path("added_tokens")) {
      vocabulary.put(added.path("content").asText(), added.path("id").intValue());
      if (added.path("special").asBoolean(false)) {
        special.add(added.path("id").intValue());
      }
    }
    try {
      HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.builder()
              .optTokenizerPath(file)
              .optAddSpecialTokens(false)
              .optPadding(false)
              .optTruncation(false)
              .build();
      return new TokenizerJson(tokenizer, vocabulary, special, json.path("decoder"));
    } catch (IOException | RuntimeException e) {
      throw UserException.badInput(
          file + " is not a tokenizer that can be read: " + e.getMessage() + ".", e);
    }
  }

  @Override
  public int[] encode(String text) {
    return text.isEmpty() ? new int[0] : ids(tokenizer.encode(text, false, false));
  }

  @Override
  public Encoded encodeWithSpans(String text) {
    if (text.isEmpty()) {
      return new Encoded(new int[0], new int[0], new int[0]);
    }
    Encoding encoding = tokenizer.encode(text, false, false);
    CharSpan[] spans = encoding.getCharTokenSpans();
    int[] starts = new int[spans.length];
    int[] ends = new int[spans.length];
    for (int i = 0; i < spans.length; i++) {
      if (spans[i] != null) {
        // The library counts code points, Java counts UTF-16 units.
        starts[i] = text.offsetByCodePoints(0, spans[i].getStart());
        ends[i] = text.offsetByCodePoints(0, spans[i].getEnd());
      }
    }
    return new Encoded(ids(encoding), starts, ends);
  }

  private static int[] ids(Encoding encoding) {
    long[] wide = encoding.getIds();
    int[] ids = new int[wide.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = Math.toIntExact(wide[i]);
    }
    return ids;
  }

  @Override
  public String decode(int[] ids) {
    return bytes == null ? decodeByLibrary(ids) : bytes.decode(ids);
  }

  /** The library's own way; the text is the same. */
  String decodeByLibrary(int[] ids) {
    long[] wide = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      wide[i] = ids[i];
    }
    return ids.length == 0 ? "" : tokenizer.decode(wide, false);
  }

  @Override
  public String token(int id) {
    return byId.getOrDefault(id, "");
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public Map<String, Integer> vocabulary() {
    return vocabulary;
  }

  @Override
  public Set<Integer> specialIds() {
    return special;
  }
}
