package io.modeldiff.web.cli.campaign;

import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.platform.Role;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.live.LiveControl;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.remote.RemoteControl;
import io.modeldiff.web.service.CampaignControl;
import org.jspecify.annotations.Nullable;

/**
 * The campaigns that a command is about: those of a running platform, or those in a data directory
 * on which this command runs a platform of its own for as long as it lasts.
 */
final class Desk implements AutoCloseable {
  private final CampaignControl control;
  private final @Nullable RunningPlatform own;
  private final boolean samples;

  private Desk(CampaignControl control, @Nullable RunningPlatform own, boolean samples) {
    this.control = control;
    this.own = own;
    this.samples = samples;
  }

  static Desk remote(RemoteControl control) {
    return new Desk(control, null, true);
  }

  static Desk own(PlatformOptions options, String device, Console console) {
    RunningPlatform platform = RunningPlatform.start(options, device, console::note);
    return new Desk(new LiveControl(platform), platform, options.roles().contains(Role.GPU_WORKER));
  }

  CampaignControl control() {
    return control;
  }

  /** Whether campaigns go on only while this command lasts. */
  boolean isOwn() {
    return own != null;
  }

  /** Whether campaigns that are not over make progress meanwhile. */
  boolean samples() {
    return samples;
  }

  /** Who asks, on the machine's own platform. */
  static Caller caller() {
    return new Caller(
        System.getProperty("user.name", Caller.LOCAL_NAME), io.modeldiff.web.access.Role.ADMIN);
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
