package io.modeldiff.web.cli.score;

import com.fasterxml.jackson.core.JsonGenerator;
import io.modeldiff.core.lm.TokenScores;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the JSON document of {@code score} as the results come. */
final class JsonScores implements ScoreOutput {
  private final Console console;
  private final JsonGenerator json;
  private @Nullable Tokenizer tokenizer;
  private boolean started;

  JsonScores(Console console) throws IOException {
    this.console = console;
    this.json = JsonDocument.stream(console);
  }

  private void start() throws IOException {
    if (!started) {
      started = true;
      json.writeStartObject();
      json.writeArrayFieldStart("results");
    }
  }

  @Override
  public void model(ModelHeading model) throws IOException {
    start();
    endModel();
    tokenizer = model.tokenizer();
    json.writeStartObject();
    json.writeStringField("model", model.named());
    json.writeStringField("hash", model.info().hash());
    json.writeArrayFieldStart("texts");
  }

  private void endModel() throws IOException {
    if (tokenizer != null) {
      json.writeEndArray();
      json.writeEndObject();
      tokenizer = null;
    }
  }

  @Override
  public void text(TextScorer.Scored scored) throws IOException {
    json.writeStartObject();
    json.writeStringField("text", scored.text());
    json.writeFieldName("tokenIds");
    json.writeArray(scored.ids(), 0, scored.ids().length);
    json.writeArrayFieldStart("tokens");
    for (int id : scored.ids()) {
      json.writeString(tokenizer == null ? "" : tokenizer.token(id));
    }
    json.writeEndArray();
    TokenScores scores = scored.scores();
    json.writeArrayFieldStart("logProb");
    for (double logProb : scores == null ? new double[0] : scores.logProb()) {
      if (Double.isFinite(logProb)) {
        json.writeNumber(logProb);
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
    json.writeFieldName("rank");
    int[] rank = scores == null ? new int[0] : scores.rank();
    json.writeArray(rank, 0, rank.length);
    json.writeFieldName("nll");
    if (scores == null || !Double.isFinite(scores.nll())) {
      json.writeNull();
    } else {
      json.writeNumber(scores.nll());
    }
    json.writeEndObject();
  }

  @Override
  public void end(boolean complete) throws IOException {
    if (!started) {
      return; // nothing was scored: an error, which has no document
    }
    endModel();
    json.writeEndArray();
    if (!complete) {
      json.writeBooleanField("complete", false);
    }
    json.writeEndObject();
    json.flush();
    console.out().println();
  }

  @Override
  public void close() throws IOException {
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
    json.close();
  }
}
