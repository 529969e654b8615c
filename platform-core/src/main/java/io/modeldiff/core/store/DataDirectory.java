package io.modeldiff.core.store;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A data directory that this process uses alone. The lock is the operating system's: it goes with
 * the process, however that ends, so a directory never stays locked after a kill.
 */
public final class DataDirectory implements AutoCloseable {
  /** The version of the layout that this program writes and the newest that it reads. */
  static final int FORMAT = 1;

  /**
   * Directories that this process holds. Closing a second channel on a file drops the first one's
   * lock on POSIX systems, so a second opening in one process must not get as far as a channel.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final DataLayout layout;
  private final Path key;
  private final FileChannel channel;
  private final RememberedPorts ports;

  private DataDirectory(DataLayout layout, Path key, FileChannel channel) {
    this.layout = layout;
    this.key = key;
    this.channel = channel;
    this.ports = new RememberedPorts(layout.ports());
  }

  /**
   * Creates the directory where it is missing and takes it for this process.
   *
   * @throws UserException when another process uses it, when it cannot be written, or when a newer
   *     version of the program wrote it
   */
  public static DataDirectory open(Path root) {
    DataLayout layout = new DataLayout(root);
    try {
      Files.createDirectories(layout.root());
      DataDirectory directory = lock(layout);
      directory.checkFormat();
      directory.writeOwner();
      return directory;
    } catch (AccessDeniedException e) {
      throw UserException.badInput(
          "The data directory "
              + layout.root()
              + " cannot be written; change its permissions or name another one with --data DIR.",
          e);
    } catch (FileAlreadyExistsException e) {
      throw UserException.badInput(
          "The data directory " + layout.root() + " is a file; name a directory with --data DIR.",
          e);
    } catch (IOException e) {
      throw UserException.failed(
          "The data directory "
              + layout.root()
              + " cannot be used ("
              + e.getMessage()
              + "); repair it or name another one with --data DIR.",
          e);
    }
  }

  private static DataDirectory lock(DataLayout layout) throws IOException {
    Path key = layout.root().toRealPath();
    if (!HELD.add(key)) {
      throw inUse(layout);
    }
    FileChannel channel = null;
    FileLock lock = null;
    try {
      channel =
          FileChannel.open(layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      if (lock == null) {
        throw inUse(layout);
      }
      return new DataDirectory(layout, key, channel);
    } finally {
      if (lock == null) {
        HELD.remove(key);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static UserException inUse(DataLayout layout) throws IOException {
    Properties owner = AtomicFiles.read(layout.owner());
    String who =
        owner.containsKey("pid")
            ? " (process "
                + owner.getProperty("pid")
                + ", started "
                + owner.getProperty("started")
                + ")"
            : "";
    return UserException.failed(
        "The data directory "
            + layout.root()
            + " is in use by another Model-diff process"
            + who
            + "; stop that one, talk to it with --server URL, or name another directory with --data"
            + " DIR.");
  }

  private void checkFormat() throws IOException {
    if (Files.notExists(layout.format())) {
      AtomicFiles.write(layout.format(), FORMAT + "\n");
      return;
    }
    String found = Files.readString(layout.format()).strip();
    if (!found.equals(Integer.toString(FORMAT))) {
      close();
      throw UserException.badInput(
          "The data directory "
              + layout.root()
              + " has format "
              + found
              + ", this program knows format "
              + FORMAT
              + "; use the version of Model-diff that wrote it, or name another directory with"
              + " --data DIR.");
    }
  }

  private void writeOwner() throws IOException {
    Properties owner = new Properties();
    owner.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
    owner.setProperty("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    AtomicFiles.write(layout.owner(), owner);
  }

  /** Where things lie. */
  public DataLayout layout() {
    return layout;
  }

  /** Ports picked once for this directory. */
  public RememberedPorts ports() {
    return ports;
  }

  /** Gives the directory back. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      Files.deleteIfExists(layout.owner());
      channel.close(); // and with it the lock
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(key);
    }
  }
}
