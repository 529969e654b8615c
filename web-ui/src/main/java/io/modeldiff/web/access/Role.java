package io.modeldiff.web.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.modeldiff.core.error.UserException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The four roles. This table is the only place that says what a role may do. */
public enum Role {
  VIEWER(EnumSet.of(Permission.VIEW)),
  ANNOTATOR(EnumSet.of(Permission.VIEW, Permission.ANNOTATE)),
  OPERATOR(EnumSet.of(Permission.VIEW, Permission.ANNOTATE, Permission.OPERATE)),
  ADMIN(EnumSet.allOf(Permission.class));

  private final Set<Permission> permissions;

  Role(Set<Permission> permissions) {
    this.permissions = permissions;
  }

  /** Whether this role may do what needs {@code permission}. */
  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }

  /** The role's word in files, the API and the pages, e.g. {@code operator}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a word. */
  @JsonCreator
  public static Role of(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw UserException.badInput(
        "The role must be one of "
            + Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "))
            + ", but was '"
            + word
            + "'.");
  }
}
