package io.modeldiff.web.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.export.Table;
import io.modeldiff.web.result.export.TableFormat;
import io.modeldiff.web.result.export.Tables;
import io.modeldiff.web.result.inputs.RepresentativeInputs;
import io.modeldiff.web.result.report.Report;
import io.modeldiff.web.service.ComparisonService.Export;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Files of one outcome, written to temporary files that their readers delete. */
final class ComparisonFiles {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final String id;
  private final Outcome outcome;
  private final ComparisonDocument document;
  private final Tokenizer tokenizer;

  ComparisonFiles(String id, Outcome outcome, Tokenizer tokenizer) {
    this.id = id;
    this.outcome = outcome;
    this.document = ComparisonDocument.of(outcome);
    this.tokenizer = tokenizer;
  }

  Export write(String what, String format, RepresentativeInputs inputs) {
    try {
      return switch (what) {
        case "document" -> text("json", "application/json", json(document));
        case "report" ->
            text("html", "text/html", Report.of(outcome, document, inputs, tokenizer).html());
        default -> table(what, TableFormat.parse(format));
      };
    } catch (IOException e) {
      throw UserException.failed(
          "The file cannot be written (" + e.getMessage() + "): is the disk full?", e);
    }
  }

  private Export text(String ending, String mediaType, String text) throws IOException {
    Path file = Files.createTempFile("modeldiff-", "." + ending);
    Files.writeString(file, text);
    return new Export(id + "." + ending, mediaType, file);
  }

  private Export table(String name, TableFormat format) throws IOException {
    for (Table table : Tables.all(outcome, document, tokenizer)) {
      if (table.name().equals(name)) {
        Path file = Files.createTempFile("modeldiff-", "." + format.word());
        format.write(table, file);
        return new Export(id + "-" + name + "." + format.word(), format.mediaType(), file);
      }
    }
    throw UserException.badInput(
        "A result has no '"
            + name
            + "' to export; there are document, report, "
            + String.join(", ", Tables.names())
            + ".");
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("results are JSON values", e);
    }
  }

  static String sha256(ComparisonDocument document) {
    try {
      byte[] bytes = json(document).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
