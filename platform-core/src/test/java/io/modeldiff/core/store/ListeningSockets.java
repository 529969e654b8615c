package io.modeldiff.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The addresses that a process listens on, from what Linux says of its open sockets. */
public final class ListeningSockets {
  private static final String LISTEN = "0A";
  private static final String LOOPBACK_4 = "0100007F";
  private static final String LOOPBACK_4_IN_6 = "0000000000000000FFFF0000" + LOOPBACK_4;
  private static final String LOOPBACK_6 = "00000000000000000000000001000000";

  private ListeningSockets() {}

  /** Those that others than this machine could reach, as hexadecimal address:port. */
  public static List<String> beyondLoopback(long pid) throws IOException {
    return of(pid).stream().filter(a -> !isLoopback(a.substring(0, a.indexOf(':')))).toList();
  }

  /** All of them. */
  public static List<String> of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    Set<String> own = inodes(proc);
    List<String> addresses = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(proc.resolve("net").resolve(table))) {
        String[] words = line.strip().split("\\s+");
        if (words[3].equals(LISTEN) && own.contains("socket:[" + words[9] + "]")) {
          addresses.add(words[1]);
        }
      }
    }
    return addresses;
  }

  private static Set<String> inodes(Path proc) throws IOException {
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      return files.map(ListeningSockets::target).collect(Collectors.toSet());
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }

  private static boolean isLoopback(String address) {
    return address.equals(LOOPBACK_4)
        || address.equals(LOOPBACK_4_IN_6)
        || address.equals(LOOPBACK_6);
  }
}
