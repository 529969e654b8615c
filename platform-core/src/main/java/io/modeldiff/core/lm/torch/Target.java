package io.modeldiff.core.lm.torch;

/**
 * A token whose score is read from a row of logits; several may be read from one row.
 *
 * @param row the row
 * @param column the head's column of the token
 * @param text index of the text that the token is in
 * @param at its index among the text's scored tokens
 */
record Target(int row, long column, int text, int at) {
  Target inRow(int other) {
    return new Target(other, column, text, at);
  }
}
