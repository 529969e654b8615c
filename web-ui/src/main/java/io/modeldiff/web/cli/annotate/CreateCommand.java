package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldiff.web.cli.console.Console;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code modeldiff annotate create}. */
@Command(
    name = "create",
    description = "Creates a project: draws inputs of a comparison by weight within bins of D.")
final class CreateCommand extends AnnotateTask {
  @Option(names = "--comparison", paramLabel = "ID", required = true, description = "Whose inputs.")
  private String comparison = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "What it is called.")
  private String name = "";

  @Option(
      names = "--terms",
      paramLabel = "TERM",
      split = ",",
      description = "pdAB, paAB, paBA, pdBA, separated by commas (default: all).")
  private List<String> terms = List.of();

  @Option(
      names = "--lambda",
      paramLabel = "L",
      description = "λ of the terms, nats per token (default: the comparison's).")
  private @Nullable Double lambda;

  @Option(
      names = "--edges",
      paramLabel = "D",
      split = ",",
      description =
          "Edges of the D bins (default: chosen so that bins hold equal numbers of inputs).")
  private List<Double> edges = List.of();

  @Option(names = "--bins", paramLabel = "N", description = "D bins per term (default: 4).")
  private @Nullable Integer bins;

  @Option(names = "--per-bin", paramLabel = "N", description = "Draws per D bin (default: 25).")
  private @Nullable Integer perBin;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Scores go from 0 to 1 in N steps; 1 is good or bad (default: 1).")
  private @Nullable Integer steps;

  @Option(names = "--overlap", paramLabel = "N", description = "People per item (default: 2).")
  private @Nullable Integer overlap;

  @Option(
      names = "--guidelines",
      paramLabel = "FILE",
      description = "How to score, as a text file.")
  private @Nullable Path guidelines;

  @Option(
      names = "--open",
      description = "Annotators see D (default: blind, no D, no model names, no others' answers).")
  private boolean open;

  @Option(names = "--seed", paramLabel = "S", description = "Of the draws (default: 1).")
  private @Nullable Long seed;

  @Option(
      names = "--lease",
      paramLabel = "SECONDS",
      description = "How long an item stays with somebody who is not heard of (default: 300).")
  private @Nullable Integer lease;

  CreateCommand(Console console) {
    super(console);
  }

  @Override
  JsonNode ask(PlatformApi platform) {
    ObjectNode body = object().put("name", name).put("comparison", comparison);
    if (!terms.isEmpty()) {
      ArrayNode list = body.putArray("terms");
      terms.forEach(list::add);
    }
    if (!edges.isEmpty()) {
      ArrayNode list = body.putArray("edges");
      edges.forEach(list::add);
    }
    body.put("lambda", lambda).put("bins", bins).put("perBin", perBin).put("steps", steps);
    body.put("overlap", overlap).put("blind", !open).put("seed", seed).put("leaseSeconds", lease);
    if (guidelines != null) {
      body.put("guidelines", TextFile.read(guidelines));
    }
    return platform.post("/annotations", body);
  }

  @Override
  String words(JsonNode answer) {
    return "Project " + answer.path("id").asText() + " is ready to be annotated.\n";
  }
}
