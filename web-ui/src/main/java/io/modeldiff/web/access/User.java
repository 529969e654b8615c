package io.modeldiff.web.access;

import java.time.Instant;
import java.util.List;

/**
 * A person, as stored: no secret can be read back.
 *
 * @param name unique name
 * @param role what the person may do
 * @param passwordHash Argon2id, in its encoded form
 * @param tokens API tokens
 */
public record User(String name, Role role, String passwordHash, List<Token> tokens) {
  public User {
    tokens = List.copyOf(tokens);
  }

  /**
   * An API token, as stored.
   *
   * @param label what its owner calls it
   * @param hash SHA-256 of the token, hex
   * @param created when it was made
   */
  public record Token(String label, String hash, Instant created) {}
}
