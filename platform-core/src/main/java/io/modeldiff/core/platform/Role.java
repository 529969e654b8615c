package io.modeldiff.core.platform;

import io.modeldiff.core.error.UserException;
import java.util.EnumSet;
import java.util.Set;

/** What a process does in the cluster. One process has all roles by default. */
public enum Role {
  /** Coordinators of campaigns and comparisons, and the projections. */
  COORDINATOR("coordinator"),
  /** Replicas and everything else that calls a model. */
  GPU_WORKER("gpu-worker"),
  /** API and dashboard. */
  WEB("web");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** The cluster role's name. */
  public String word() {
    return word;
  }

  /** All roles in one process. */
  public static Set<Role> all() {
    return EnumSet.allOf(Role.class);
  }

  /**
   * Reads {@code coordinator,web}.
   *
   * @throws UserException when a word is not a role
   */
  public static Set<Role> parse(String words) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : words.split(",", -1)) {
      roles.add(parseOne(word.strip()));
    }
    return roles;
  }

  private static Role parseOne(String word) {
    for (Role role : values()) {
      if (role.word.equals(word)) {
        return role;
      }
    }
    throw UserException.badInput(
        "\"" + word + "\" is not a role; roles are coordinator, gpu-worker and web.");
  }
}
