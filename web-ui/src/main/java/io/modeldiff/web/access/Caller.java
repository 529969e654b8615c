package io.modeldiff.web.access;

/**
 * Who is asking. Every change that a service makes carries the caller's name into the journal.
 *
 * @param name user name, or {@link #LOCAL_NAME} in single-user mode
 * @param role what the caller may do
 */
public record Caller(String name, Role role) {
  /** Name of the one user of a platform that listens on this machine only. */
  public static final String LOCAL_NAME = "local";

  /** The one user of a loopback-only platform. */
  public static Caller local() {
    return new Caller(LOCAL_NAME, Role.ADMIN);
  }

  /** Whether the caller may do what needs {@code permission}. */
  public boolean may(Permission permission) {
    return role.may(permission);
  }

  /**
   * Ends the call unless the caller may do what needs {@code permission}.
   *
   * @throws AccessDeniedException with a sentence that names the caller's role
   */
  public void require(Permission permission) {
    if (!may(permission)) {
      throw new AccessDeniedException(this, permission);
    }
  }
}
