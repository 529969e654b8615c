package io.modeldiff.core.lm.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that works on a device. All models on the device share it, so calls from many
 * threads are worked off one at a time and never compete for cores or device memory.
 */
public final class DeviceQueue {
  /** Threads of one model at most; each has caches of its own. */
  private static final int MOST = 8;

  private static final Map<String, DeviceQueue> QUEUES = new ConcurrentHashMap<>();

  private final String name;
  private final Device device;
  private final ExecutorService executor;
  private final SpecialCases specialCases = new SpecialCases();
  private volatile @Nullable Thread thread;

  private DeviceQueue(String name) {
    this.name = name;
    this.device =
        name.startsWith("cpu") ? Device.cpu() : Device.gpu(Integer.parseInt(name.substring(5)));
    this.executor =
        Executors.newSingleThreadExecutor(
            r -> {
              Thread t = new Thread(() -> inference(r), "device-" + name);
              t.setDaemon(true);
              thread = t;
              return t;
            });
  }

  private static void inference(Runnable work) {
    // Grad mode is a property of the thread: off here, on only inside a gradient call. The engine
    // must be there first: this thread may be the first in the process to need its library.
    Engine.getInstance();
    JniUtils.setGradMode(false);
    work.run();
  }

  /**
   * The queue of a device named {@code cpu}, {@code cuda}, {@code cuda:i} or {@code auto}. {@code
   * cpu:i} is a further thread on the CPU, for models that are to work side by side.
   */
  public static DeviceQueue of(String wanted) {
    return QUEUES.computeIfAbsent(resolve(wanted), DeviceQueue::new);
  }

  /**
   * Further threads for the same device that do not compete with this one: as many as the CPU has
   * cores left, none for a GPU. Threads are grouped by the cores, so that models loaded onto {@code
   * cpu} to {@code cpu:n−1} on n cores share their threads, and those from {@code cpu:n} on have
   * others.
   */
  List<DeviceQueue> siblings(int most) {
    List<DeviceQueue> others = new ArrayList<>();
    int queues = device.isGpu() ? 1 : sideBySide();
    int own = name.startsWith("cpu:") ? Integer.parseInt(name.substring(4)) : 0;
    int first = own / queues * queues;
    for (int i = first; i < first + queues && others.size() < most; i++) {
      if (i != own) {
        others.add(of(i == 0 ? "cpu" : "cpu:" + i));
      }
    }
    return others;
  }

  /** How many threads the CPU works off at the same time. */
  static int sideBySide() {
    int threads = Math.max(1, JniUtils.getNumThreads());
    return Math.max(1, Math.min(MOST, Runtime.getRuntime().availableProcessors() / threads));
  }

  private static String resolve(String wanted) {
    if (wanted.matches("cpu(:[0-9]{1,2})?")) {
      return wanted;
    }
    int gpus = Engine.getInstance().getGpuCount();
    switch (wanted) {
      case "auto":
        return gpus > 0 ? "cuda:0" : "cpu";
      case "cuda":
        return cuda(0, gpus);
      default:
        if (!wanted.matches("cuda:[0-9]{1,3}")) {
          throw UserException.badInput(
              "--device must be cpu, cuda, cuda:0 (1, 2, ...) or auto, but was '" + wanted + "'.");
        }
        return cuda(Integer.parseInt(wanted.substring(5)), gpus);
    }
  }

  private static String cuda(int index, int gpus) {
    if (index >= gpus) {
      throw UserException.badInput(
          "--device cuda:"
              + index
              + " is not available: "
              + gpus
              + " CUDA device(s) found; use --device"
              + " cpu, or build with the cuda profile or set PYTORCH_LIBRARY_PATH to a CUDA libtorch.");
    }
    return "cuda:" + index;
  }

  /** {@code cpu} or {@code cuda:i}. */
  public String name() {
    return name;
  }

  /** The DJL device. */
  public Device device() {
    return device;
  }

  /** Runs work on the device's thread and waits for its result. */
  public <T> T call(Callable<T> work) {
    try {
      return Thread.currentThread() == thread
          ? work.call()
          : executor.submit(() -> prepared(work)).get();
    } catch (ExecutionException e) {
      throw rethrow(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.failed("The computation was interrupted.", e);
    } catch (Exception e) {
      throw rethrow(e);
    }
  }

  private <T> T prepared(Callable<T> work) throws Exception {
    if (!device.isGpu()) {
      specialCases.compute();
    }
    return work.call();
  }

  private RuntimeException rethrow(Throwable cause) {
    if (cause instanceof UserException user) {
      user.addSuppressed(
          new IllegalStateException("called from " + Thread.currentThread().getName()));
      return user;
    }
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof OutOfMemoryError
        || text.contains("out of memory")
        || text.contains("DefaultCPUAllocator")) {
      return UserException.failed(
          "Device " + name + " ran out of memory; use fewer lanes or a smaller batch.", cause);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }
}
