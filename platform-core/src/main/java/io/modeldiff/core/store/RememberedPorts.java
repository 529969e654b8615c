package io.modeldiff.core.store;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports that were picked once for a data directory and stay the same over restarts.
 *
 * <p>They lie below the range from which the system takes the ports of outgoing connections: inside
 * it, a client that retries while the server is down can be given the server's own port, connect to
 * itself, and keep the server from coming back.
 */
public final class RememberedPorts {
  private static final int LOW = 15_000;
  private static final int HIGH = 32_000;
  private static final int ATTEMPTS = 2_000;

  private final Path file;

  RememberedPorts(Path file) {
    this.file = file;
  }

  /** The port of this name, picked now when it has none yet. */
  public synchronized int port(String name) {
    Properties ports = read();
    String known = ports.getProperty(name);
    if (known != null) {
      return parse(name, known);
    }
    return remember(ports, name, pick(ports));
  }

  /** Like {@link #port}, but gives the name a new port when another program listens on the old. */
  public synchronized int freePort(String name) {
    int port = port(name);
    return isFree(port) ? port : repick(name);
  }

  /** Forgets the port of this name and picks another one. */
  public synchronized int repick(String name) {
    Properties ports = read();
    return remember(ports, name, pick(ports));
  }

  /** Whether a server could listen on this loopback port now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private int parse(String name, String value) {
    try {
      return Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw UserException.badInput(
          file + ": the port " + name + " is \"" + value + "\", not a number; correct the line.",
          e);
    }
  }

  private static int pick(Properties taken) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOW, HIGH);
      if (!taken.containsValue(Integer.toString(port)) && isFree(port)) {
        return port;
      }
    }
    throw UserException.failed(
        "No free loopback port between " + LOW + " and " + HIGH + "; stop some programs.");
  }

  private int remember(Properties ports, String name, int port) {
    ports.setProperty(name, Integer.toString(port));
    try {
      AtomicFiles.write(file, ports);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return port;
  }

  private Properties read() {
    try {
      return AtomicFiles.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
