package io.modeldiff.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCommandTest {
  @TempDir private Path data;

  private CliRun user(String input, String... words) {
    String[] args = new String[words.length + 3];
    args[0] = "user";
    System.arraycopy(words, 0, args, 1, words.length);
    args[words.length + 1] = "--data";
    args[words.length + 2] = data.toString();
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return CliRun.of(args);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void addTokenRevokeRemove_leaveOnlyWhatTheySay() throws Exception {
    assertThat(
            user("correct horse battery\n", "add", "ann", "--role", "admin", "--password-stdin")
                .exitCode())
        .isZero();
    assertThat(
            user("another long one\n", "add", "bob", "--role", "viewer", "--password-stdin")
                .exitCode())
        .isZero();
    String token = user("", "token", "bob", "--label", "script").out().strip();
    assertThat(token).startsWith("md_");
    assertThat(user("", "list", "--json").json())
        .hasToString(
            "[{\"name\":\"ann\",\"role\":\"admin\",\"tokens\":[]},"
                + "{\"name\":\"bob\",\"role\":\"viewer\",\"tokens\":[\"script\"]}]");
    assertThat(Files.readString(data.resolve("users.json"))).doesNotContain(token);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("users.json"))))
        .isEqualTo("rw-------");
    assertThat(user("", "revoke", "bob", "--label", "script").exitCode()).isZero();
    assertThat(user("", "remove", "bob").exitCode()).isZero();
    assertThat(user("", "list").out().strip()).matches("ann +admin");
  }

  @Test
  void add_firstUserNotAdmin_isRefused() {
    CliRun run =
        user("correct horse battery\n", "add", "bob", "--role", "viewer", "--password-stdin");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("At least one user must be an admin");
    assertThat(data.resolve("users.json")).doesNotExist();
  }

  @Test
  void add_unknownRoleShortPasswordOrNoInput_saysWhatIsExpected() {
    assertThat(user("x\n", "add", "ann", "--role", "boss", "--password-stdin").err())
        .contains("viewer, annotator, operator, admin");
    assertThat(user("short\n", "add", "ann", "--role", "admin", "--password-stdin").err())
        .contains("at least 8 characters");
    assertThat(user("", "add", "ann", "--role", "admin", "--password-stdin").err())
        .contains("Standard input is empty");
    assertThat(user("", "remove", "nobody").err()).contains("There is no user 'nobody'.");
  }
}
