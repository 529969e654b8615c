package io.modeldiff.core.store;

import io.modeldiff.core.error.UserException;
import java.nio.file.Path;

/** Takes a data directory and keeps it until it is killed. */
public final class DirectoryHolder {
  private DirectoryHolder() {}

  public static void main(String[] args) throws InterruptedException {
    try {
      DataDirectory.open(Path.of(args[0]));
    } catch (UserException e) {
      System.out.println("REFUSED " + e.getMessage());
      System.exit(e.exitCode());
    }
    System.out.println("HELD " + ProcessHandle.current().pid());
    Thread.sleep(Long.MAX_VALUE);
  }
}
