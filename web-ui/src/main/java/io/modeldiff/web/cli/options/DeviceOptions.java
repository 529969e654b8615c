package io.modeldiff.web.cli.options;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LoadOptions;
import picocli.CommandLine.Option;

/** Where models run, and in which precision. */
public final class DeviceOptions {
  @Option(
      names = "--device",
      paramLabel = "cpu|cuda|auto",
      defaultValue = "cpu",
      description = "Where the models run: cpu (default), cuda, cuda:1, ..., or auto.")
  private String device = "cpu";

  @Option(
      names = "--dtype",
      paramLabel = "f32|f16|auto",
      defaultValue = "auto",
      description =
          "Precision of the weights in memory: f32, f16, or auto (default: f32 on the CPU; on CUDA"
              + " as stored).")
  private String dtype = "auto";

  /** How to load a model. */
  public LoadOptions load() {
    return new LoadOptions(device, dtype);
  }

  /** Refuses a choice that a running platform makes itself. */
  public void requireDefaults() {
    if (!device.equals("cpu") || !dtype.equals("auto")) {
      throw UserException.badInput(
          "A running platform chooses device and precision by itself; leave --device and --dtype"
              + " out.");
    }
  }

  /** How to load a second model that is to work beside the first: on the CPU, on its own thread. */
  public LoadOptions loadBeside() {
    return device.equals("cpu") ? new LoadOptions("cpu:1", dtype) : load();
  }
}
