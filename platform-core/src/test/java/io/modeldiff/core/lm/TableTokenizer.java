package io.modeldiff.core.lm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One character per token: id v is the character 'a' + v. */
final class TableTokenizer implements Tokenizer {
  private final int size;

  TableTokenizer(int size) {
    this.size = size;
  }

  @Override
  public int[] encode(String text) {
    return text.chars().map(c -> c - 'a').toArray();
  }

  @Override
  public Encoded encodeWithSpans(String text) {
    int[] starts = new int[text.length()];
    int[] ends = new int[text.length()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = i;
      ends[i] = i + 1;
    }
    return new Encoded(encode(text), starts, ends);
  }

  @Override
  public String decode(int[] ids) {
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append(token(id));
    }
    return text.toString();
  }

  @Override
  public String token(int id) {
    return String.valueOf((char) ('a' + id));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Map<String, Integer> vocabulary() {
    Map<String, Integer> map = new LinkedHashMap<>();
    for (int v = 0; v < size; v++) {
      map.put(token(v), v);
    }
    return map;
  }

  @Override
  public Set<Integer> specialIds() {
    return Set.of(0);
  }
}
