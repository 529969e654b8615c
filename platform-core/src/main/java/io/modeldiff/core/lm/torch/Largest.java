package io.modeldiff.core.lm.torch;

/**
 * The largest of the values offered, each with a key; of equal values those with smaller keys. A
 * heap whose root is the least of them, so that many can be kept as well as few.
 */
final class Largest {
  private final float[] values;
  private final int[] keys;
  private int count;

  Largest(int most) {
    this.values = new float[most];
    this.keys = new int[most];
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** One of the values; once {@link #sort} was called, the i-th largest. */
  float value(int i) {
    return values[i];
  }

  /** Its key. */
  int key(int i) {
    return keys[i];
  }

  /** Offers some values, whose keys count up. */
  void offerAll(float[] offered, int from, int to, int firstKey) {
    float least = least();
    for (int i = from; i < to; i++) {
      if (offered[i] >= least) {
        offer(offered[i], firstKey + i - from);
        least = least();
      }
    }
  }

  /** What a value must have at least to be taken. */
  private float least() {
    return count < values.length ? Float.NEGATIVE_INFINITY : values[0];
  }

  /** Offers a value, which is taken if it is one of the largest so far. */
  void offer(float value, int key) {
    if (count < values.length) {
      rise(count++, value, key);
    } else if (before(value, key, 0)) {
      sink(count, value, key);
    }
  }

  /** Puts the largest first; nothing may be offered after that. */
  void sort() {
    for (int end = count - 1; end > 0; end--) {
      float value = values[end];
      int key = keys[end];
      move(0, end);
      sink(end, value, key);
    }
  }

  private void rise(int from, float value, int key) {
    int at = from;
    for (int up = (at - 1) / 2; at > 0 && !before(value, key, up); up = (at - 1) / 2) {
      move(up, at);
      at = up;
    }
    put(at, value, key);
  }

  /** Takes the root's place with a value, within the first so many. */
  private void sink(int size, float value, int key) {
    int at = 0;
    for (int down = lesser(1, size); down < size; down = lesser(2 * at + 1, size)) {
      if (!before(value, key, down)) {
        break;
      }
      move(down, at);
      at = down;
    }
    put(at, value, key);
  }

  /** The lesser of a child and its sibling. */
  private int lesser(int child, int size) {
    int other = child + 1;
    return other < size && before(values[child], keys[child], other) ? other : child;
  }

  private boolean before(float value, int key, int i) {
    return value > values[i] || value == values[i] && key < keys[i];
  }

  private void move(int from, int to) {
    put(to, values[from], keys[from]);
  }

  private void put(int at, float value, int key) {
    values[at] = value;
    keys[at] = key;
  }
}
