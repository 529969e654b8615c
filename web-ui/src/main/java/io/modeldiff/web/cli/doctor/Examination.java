package io.modeldiff.web.cli.doctor;

import ai.djl.engine.Engine;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.store.CassandraInstall;
import io.modeldiff.core.store.DataDirectory;
import io.modeldiff.web.cli.ModelNames;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Looks at everything that the program needs, one finding each. */
final class Examination {
  private static final double GIB = 1L << 30;
  private static final double MEMORY_NEEDED = 3 * GIB;
  private static final double DISK_NEEDED = 2 * GIB;

  private final Path data;

  Examination(Path data) {
    this.data = data;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(processors());
    findings.add(memory());
    findings.add(disk());
    findings.add(dataDirectory());
    findings.addAll(libtorch());
    findings.add(cassandra());
    findings.add(browser());
    findings.add(models());
    return findings;
  }

  private static Finding java() {
    String found = Runtime.version() + " at " + System.getProperty("java.home");
    return Runtime.version().feature() == 17
        ? Finding.ok("java", found)
        : Finding.problem("java", found, "Start it with a JDK 17: set JAVA_HOME to one.");
  }

  private static Finding processors() {
    return Finding.ok(
        "processors",
        Runtime.getRuntime().availableProcessors()
            + ", libtorch threads "
            + System.getProperty("ai.djl.pytorch.num_threads", "not set")
            + " (MODELDIFF_THREADS)");
  }

  private static Finding memory() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double free = availableMemory(system.getFreeMemorySize());
    String found =
        String.format(
            Locale.ROOT,
            "%.1f of %.1f GiB free, Java heap up to %.1f GiB (MODELDIFF_HEAP)",
            free / GIB,
            system.getTotalMemorySize() / GIB,
            Runtime.getRuntime().maxMemory() / GIB);
    return free >= MEMORY_NEEDED
        ? Finding.ok("memory", found)
        : Finding.problem("memory", found, "Free at least 3 GiB: platform, store and models.");
  }

  /** What the kernel could give, caches included; the bare free memory where it does not say. */
  private static double availableMemory(long free) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemAvailable:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024.0;
        }
      }
    } catch (IOException e) {
      return free; // not Linux
    }
    return free;
  }

  private Finding disk() {
    Path existing = existing();
    try {
      double free = Files.getFileStore(existing).getUsableSpace();
      String found = String.format(Locale.ROOT, "%.1f GiB free for %s", free / GIB, data);
      return free >= DISK_NEEDED
          ? Finding.ok("disk", found)
          : Finding.problem("disk", found, "Free at least 2 GiB, or choose --data DIR elsewhere.");
    } catch (IOException e) {
      return Finding.problem("disk", e.toString(), "Choose another --data DIR.");
    }
  }

  /** The data directory, or where it would be created. */
  private Path existing() {
    Path existing = data.toAbsolutePath().normalize();
    while (!Files.exists(existing)) {
      existing = Objects.requireNonNull(existing.getParent());
    }
    return existing;
  }

  private Finding dataDirectory() {
    Path existing = existing();
    if (!Files.isDirectory(existing)) {
      return Finding.problem(
          "data", existing + " is a file", "Choose a directory with --data DIR.");
    }
    if (!Files.isWritable(existing)) {
      return Finding.problem(
          "data",
          existing + " cannot be written",
          "Give yourself the right to write there, or choose --data DIR elsewhere.");
    }
    if (!Files.exists(data)) {
      return Finding.ok("data", data + " (will be created)");
    }
    try (DataDirectory directory = DataDirectory.open(data)) {
      return Finding.ok("data", directory.layout().root() + " is not in use");
    } catch (UserException e) {
      return Finding.note("data", data.toString(), String.valueOf(e.getMessage()));
    }
  }

  private static List<Finding> libtorch() {
    try {
      Engine engine = Engine.getInstance();
      int gpus = engine.getGpuCount();
      return List.of(
          Finding.ok("libtorch", engine.getEngineName() + " " + engine.getVersion()),
          gpus > 0
              ? Finding.ok("devices", "cpu, " + gpus + " CUDA device(s)")
              : Finding.note(
                  "devices",
                  "cpu",
                  "For an NVIDIA GPU, name a CUDA libtorch with PYTORCH_LIBRARY_PATH,"
                      + " PYTORCH_VERSION and PYTORCH_FLAVOR."));
    } catch (RuntimeException | UnsatisfiedLinkError e) {
      return List.of(
          Finding.problem(
              "libtorch",
              String.valueOf(e.getMessage()),
              "The native library does not load: Linux x86_64 with glibc is needed, and about 0.5"
                  + " GB for DJL_CACHE_DIR (default ~/.djl.ai)."));
    }
  }

  private static Finding cassandra() {
    try {
      CassandraInstall install = CassandraInstall.find();
      return Finding.ok("cassandra", install.lib() + ", run by " + install.java());
    } catch (UserException e) {
      return Finding.problem(
          "cassandra",
          String.valueOf(e.getMessage()),
          "Build the program (modeldiff does it on first use), or use --cassandra HOST:PORT.");
    }
  }

  private static Finding browser() {
    boolean there = onPath("chromium") && onPath("chromedriver");
    return there
        ? Finding.ok("browser", "chromium and chromedriver (for the tests)")
        : Finding.note(
            "browser",
            "none",
            "Only the tests need one: apt-get install chromium chromium-driver.");
  }

  private static boolean onPath(String program) {
    String path = System.getenv("PATH");
    for (String folder : path == null ? new String[0] : path.split(":", -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private static Finding models() {
    List<String> names = ModelNames.bundledNames();
    return names.isEmpty()
        ? Finding.problem("models", "no bundled models", "Clone the repository again.")
        : Finding.ok("models", String.join(", ", names));
  }
}
