package io.modeldiff.web.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Documents that differ from a real one in one respect. */
final class Documents {
  private static final JsonMapper JSON = new JsonMapper();

  private Documents() {}

  static ComparisonDocument notConverged(ComparisonDocument document) {
    ObjectNode tree = JSON.valueToTree(document);
    ((ObjectNode) tree.get("checks")).put("converged", false);
    return read(tree);
  }

  /** Counts of A and PD_AB times a power of ten. */
  static ComparisonDocument scaled(ComparisonDocument document, double log10) {
    ObjectNode tree = JSON.valueToTree(document);
    for (JsonNode count : new JsonNode[] {tree.get("countA"), tree.at("/terms/pdAB")}) {
      ((ObjectNode) count).put("log10", count.get("log10").asDouble() + log10);
    }
    return read(tree);
  }

  private static ComparisonDocument read(JsonNode tree) {
    try {
      return JSON.treeToValue(tree, ComparisonDocument.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
