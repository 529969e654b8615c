package io.modeldiff.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.core.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  private static final String PASSWORD = "correct horse battery";

  private static UserStore open(Path directory) {
    return UserStore.open(directory.resolve("users.json"), Clock.systemUTC());
  }

  @Test
  void listeningOn_anotherAddressWithoutUsers_isRefused(@TempDir Path directory) {
    assertThatThrownBy(() -> AccessControl.listeningOn("0.0.0.0", open(directory)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("users must be configured first");
    assertThat(AccessControl.listeningOn("127.0.0.1", open(directory)).singleUser()).isTrue();
  }

  @Test
  void store_reopened_knowsPasswordsAndTokensButHoldsNoSecret(@TempDir Path directory)
      throws Exception {
    UserStore users = open(directory);
    users.put("ann", Role.ADMIN, PASSWORD);
    String token = users.newToken("ann", "script");
    UserStore again = open(directory);
    assertThat(again.byPassword("ann", PASSWORD)).contains(new Caller("ann", Role.ADMIN));
    assertThat(again.byPassword("ann", "wrong")).isEmpty();
    assertThat(again.byToken(token)).contains(new Caller("ann", Role.ADMIN));
    assertThat(again.byToken(token + "x")).isEmpty();
    String file = Files.readString(directory.resolve("users.json"));
    assertThat(file).doesNotContain(PASSWORD).doesNotContain(token).contains("$argon2id$");
    again.revokeToken("ann", "script");
    assertThat(open(directory).byToken(token)).isEmpty();
  }

  @Test
  void lastAdmin_cannotBeDemoted(@TempDir Path directory) {
    UserStore users = open(directory);
    assertThatThrownBy(() -> users.put("bob", Role.VIEWER, PASSWORD))
        .hasMessageContaining("At least one user must be an admin");
    users.put("ann", Role.ADMIN, PASSWORD);
    users.put("bob", Role.VIEWER, PASSWORD);
    assertThatThrownBy(() -> users.remove("ann"))
        .hasMessageContaining("At least one user must be an admin");
  }

  @Test
  void store_changedByAnotherProcess_isSeenAtTheNextQuestion(@TempDir Path directory)
      throws Exception {
    UserStore server = open(directory);
    assertThat(server.isEmpty()).isTrue();
    UserStore command = open(directory);
    command.put("ann", Role.ADMIN, PASSWORD);
    String token = command.newToken("ann", "script");
    assertThat(server.byToken(token)).isPresent();
    server.put("bob", Role.VIEWER, PASSWORD);
    assertThat(command.list()).extracting(User::name).containsExactly("ann", "bob");
  }
}
