package io.modeldiff.web.access;

import io.modeldiff.core.error.UserException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Who is calling. Without users the platform is single-user and may listen on this machine only;
 * with users everybody logs in, wherever the platform listens.
 */
public final class AccessControl {
  private final UserStore users;
  private final boolean singleUser;

  private AccessControl(UserStore users) {
    this.users = users;
    this.singleUser = users.isEmpty();
  }

  /**
   * The access rules of a platform that listens on {@code address}.
   *
   * @throws UserException when the address is reachable from elsewhere and nobody is configured
   */
  public static AccessControl listeningOn(String address, UserStore users) {
    if (users.isEmpty() && !isLoopback(address)) {
      throw UserException.badInput(
          "Listening on "
              + address
              + " lets other machines in, so users must be configured first: add one with 'modeldiff"
              + " user add NAME --role admin', or listen on 127.0.0.1.");
    }
    return new AccessControl(users);
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw UserException.badInput("The listen address '" + address + "' is not an address.", e);
    }
  }

  /** Whether everybody who reaches the platform is its one local user. */
  public boolean singleUser() {
    return singleUser;
  }

  /** The users, for the pages that manage them. */
  public UserStore users() {
    return users;
  }

  /** The caller who needs no login, in single-user mode. */
  public Optional<Caller> withoutLogin() {
    return singleUser ? Optional.of(Caller.local()) : Optional.empty();
  }

  /**
   * The one local user under a name that the person chose, in single-user mode. Where there are
   * logins nobody chooses a name.
   *
   * @throws UserException when it cannot be a name
   */
  public Optional<Caller> withoutLogin(String name) {
    return singleUser
        ? Optional.of(new Caller(UserStore.requireName(name), Role.ADMIN))
        : Optional.empty();
  }

  /** The caller with this name and password. */
  public Optional<Caller> byPassword(String name, String password) {
    return users.byPassword(name, password);
  }

  /** The caller who owns this API token. */
  public Optional<Caller> byToken(String token) {
    return users.byToken(token);
  }
}
