package io.modeldiff.web.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The users of one platform, in a JSON file that is replaced atomically on every change. Methods
 * are safe to call from any thread.
 */
public final class UserStore {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
  private static final int SHORTEST_PASSWORD = 8;
  private static final TypeReference<List<User>> USERS = new TypeReference<>() {};
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final Path file;
  private final Clock clock;
  private final Map<String, User> users = new LinkedHashMap<>();
  private @Nullable FileTime seen;

  private UserStore(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Opens the users of a file; a file that does not exist holds none. Later changes of the file, by
   * another process too, are seen at the next question.
   *
   * @throws UserException when the file cannot be read as users
   */
  public static UserStore open(Path file, Clock clock) {
    UserStore store = new UserStore(file, clock);
    store.refresh();
    return store;
  }

  /** Reads the file again when it is not the one that was read last. */
  private synchronized void refresh() {
    try {
      FileTime now = Files.exists(file) ? Files.getLastModifiedTime(file) : null;
      if (!Objects.equals(now, seen)) {
        List<User> read = now == null ? List.of() : JSON.readValue(Files.readString(file), USERS);
        users.clear();
        read.forEach(user -> users.put(user.name(), user));
        seen = now;
      }
    } catch (JsonProcessingException e) {
      throw UserException.badInput(
          "The users file " + file + " is not a list of users: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw UserException.failed("The users file " + file + " cannot be read.", e);
    }
  }

  /** Whether nobody is configured. */
  public synchronized boolean isEmpty() {
    refresh();
    return users.isEmpty();
  }

  /** Everybody, in order of creation. */
  public synchronized List<User> list() {
    refresh();
    return List.copyOf(users.values());
  }

  /** Checks that a name can be a person's. */
  static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw UserException.badInput(
          "A user name is 1 to 64 letters, digits or . _ @ -, but was '" + name + "'.");
    }
    return name;
  }

  /** Adds a person, or changes a person's password and role while keeping the tokens. */
  public synchronized void put(String name, Role role, String password) {
    refresh();
    requireName(name);
    if (password.length() < SHORTEST_PASSWORD) {
      throw UserException.badInput(
          "The password of '"
              + name
              + "' must have at least "
              + SHORTEST_PASSWORD
              + " characters.");
    }
    User before = users.get(name);
    requireAnAdminWithout(name, role);
    List<User.Token> tokens = before == null ? List.of() : before.tokens();
    users.put(name, new User(name, role, Secrets.hashPassword(password), tokens));
    save();
  }

  /** Removes a person and the person's tokens. */
  public synchronized void remove(String name) {
    refresh();
    existing(name);
    if (users.size() > 1) {
      requireAnAdminWithout(name, Role.VIEWER);
    }
    users.remove(name);
    save();
  }

  /** Makes an API token; this is the only time that it can be read. */
  public synchronized String newToken(String name, String label) {
    refresh();
    User user = existing(name);
    String token = Secrets.newToken();
    List<User.Token> tokens = new ArrayList<>(user.tokens());
    tokens.add(new User.Token(label, Secrets.hashToken(token), clock.instant()));
    users.put(name, new User(name, user.role(), user.passwordHash(), tokens));
    save();
    return token;
  }

  /** Revokes every token of a person that has this label. */
  public synchronized void revokeToken(String name, String label) {
    refresh();
    User user = existing(name);
    List<User.Token> kept = user.tokens().stream().filter(t -> !t.label().equals(label)).toList();
    if (kept.size() == user.tokens().size()) {
      throw UserException.badInput("User '" + name + "' has no token '" + label + "'.");
    }
    users.put(name, new User(name, user.role(), user.passwordHash(), kept));
    save();
  }

  /** The caller with this name and password. */
  public Optional<Caller> byPassword(String name, String password) {
    User user;
    synchronized (this) {
      refresh();
      user = users.get(name);
    }
    return user != null && Secrets.passwordMatches(password, user.passwordHash())
        ? Optional.of(new Caller(user.name(), user.role()))
        : Optional.empty();
  }

  /** The caller who owns this token. */
  public synchronized Optional<Caller> byToken(String token) {
    refresh();
    String hash = Secrets.hashToken(token);
    return users.values().stream()
        .filter(user -> user.tokens().stream().anyMatch(t -> t.hash().equals(hash)))
        .map(user -> new Caller(user.name(), user.role()))
        .findFirst();
  }

  private User existing(String name) {
    User user = users.get(name);
    if (user == null) {
      throw UserException.badInput("There is no user '" + name + "'.");
    }
    return user;
  }

  // Without an admin nobody could ever manage users again.
  private void requireAnAdminWithout(String name, Role newRole) {
    boolean other =
        users.values().stream().anyMatch(u -> u.role() == Role.ADMIN && !u.name().equals(name));
    if (newRole != Role.ADMIN && !other) {
      throw UserException.badInput(
          "At least one user must be an admin, so '" + name + "' has to be or stay one.");
    }
  }

  private void save() {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if (Files.notExists(next)) {
        createOwnerOnly(next);
      }
      Files.writeString(
          next, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(users.values()));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      seen = Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw UserException.failed("The users file " + file + " cannot be written.", e);
    }
  }

  // Hashes are not secrets, but nobody else needs them.
  private static void createOwnerOnly(Path next) throws IOException {
    if (next.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(next, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } else {
      Files.createFile(next);
    }
  }
}
