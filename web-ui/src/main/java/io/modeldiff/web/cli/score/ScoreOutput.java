package io.modeldiff.web.cli.score;

import java.io.IOException;

/** Where scores go, one text at a time. */
interface ScoreOutput extends AutoCloseable {
  void model(ModelHeading model) throws IOException;

  void text(TextScorer.Scored scored) throws IOException;

  /** Ends the output; {@code complete} is false when the work was stopped. */
  void end(boolean complete) throws IOException;

  @Override
  void close() throws IOException;
}
