package io.modeldiff.web.cli.user;

import io.modeldiff.web.access.UserStore;
import io.modeldiff.web.cli.options.DataOptions;
import io.modeldiff.web.front.WebFront;
import java.time.Clock;
import picocli.CommandLine.Mixin;

/** The users of the data directory that a command works on. */
final class UserFile {
  @Mixin private DataOptions data = new DataOptions();

  UserStore open() {
    return UserStore.open(WebFront.usersFile(data.directory()), Clock.systemUTC());
  }
}
