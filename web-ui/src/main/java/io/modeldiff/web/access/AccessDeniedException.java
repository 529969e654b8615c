package io.modeldiff.web.access;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A known caller asked for what the caller's role does not allow; 403 in the API. */
public final class AccessDeniedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AccessDeniedException(Caller caller, Permission permission) {
    super(
        "This needs the role "
            + Arrays.stream(Role.values())
                .filter(r -> r.may(permission))
                .map(Role::word)
                .collect(Collectors.joining(" or "))
            + ", but "
            + caller.name()
            + " is "
            + caller.role().word()
            + "; ask an admin to change the role.");
  }
}
