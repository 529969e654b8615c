package io.modeldiff.web.cli.console;

import io.modeldiff.core.work.WorkStages;

/** A running display of one piece of work; closing it ends the display. */
public interface ProgressDisplay extends WorkStages.Stage {
  /** Adds a few words on how the work goes, e.g. {@code loss 1.43}. */
  void detail(String words);
}
