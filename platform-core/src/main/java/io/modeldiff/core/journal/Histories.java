package io.modeldiff.core.journal;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Names of everything in the journal: {@code type|entity}.
 *
 * <table>
 *   <caption>Persistence ids</caption>
 *   <tr><td>{@code campaign|<campaign>}</td><td>CampaignEvent, tagged</td></tr>
 *   <tr><td>{@code replica|<campaign>-<k>}</td><td>ReplicaEvent, one per round, not tagged: read by
 *       id when a RoundClosed says that they are there</td></tr>
 *   <tr><td>{@code smc|<campaign>-<i>}</td><td>SmcEvent, not tagged</td></tr>
 *   <tr><td>{@code comparison|<comparison>}</td><td>ComparisonEvent, tagged</td></tr>
 *   <tr><td>{@code annotation|<project>}</td><td>AnnotationEvent, tagged</td></tr>
 *   <tr><td>{@code registry|main}</td><td>RegistryEvent, tagged</td></tr>
 * </table>
 */
public final class Histories {
  /** Entity type names, the first part of a persistence id. */
  public static final String CAMPAIGN = "campaign";

  public static final String REPLICA = "replica";
  public static final String SMC = "smc";
  public static final String COMPARISON = "comparison";
  public static final String ANNOTATION = "annotation";
  public static final String REGISTRY = "registry";

  /** The only registry. */
  public static final String MAIN = "main";

  /** Over how many tags the campaigns' events are spread. */
  public static final int TAGS = 4;

  private Histories() {}

  /** {@code campaign|<id>}. */
  public static String campaign(String campaign) {
    return CAMPAIGN + "|" + campaign;
  }

  /** Entity id of replica k: {@code <campaign>-<k>}. */
  public static String replicaEntity(String campaign, int replica) {
    return campaign + "-" + replica;
  }

  /** {@code replica|<campaign>-<k>}. */
  public static String replica(String campaign, int replica) {
    return REPLICA + "|" + replicaEntity(campaign, replica);
  }

  /** {@code smc|<campaign>-<i>}. */
  public static String smc(String campaign, int replicate) {
    return SMC + "|" + replicaEntity(campaign, replicate);
  }

  /** {@code comparison|<id>}. */
  public static String comparison(String comparison) {
    return COMPARISON + "|" + comparison;
  }

  /** {@code annotation|<id>}. */
  public static String annotation(String project) {
    return ANNOTATION + "|" + project;
  }

  /** {@code registry|main}. */
  public static String registry() {
    return REGISTRY + "|" + MAIN;
  }

  /** The tag of an entity's events, for tagged types. */
  public static String tag(String type, String entity) {
    return type + "-" + Math.floorMod(entity.hashCode(), TAGS);
  }

  /** Every tag of a type. */
  public static List<String> tags(String type) {
    return IntStream.range(0, TAGS).mapToObj(i -> type + "-" + i).toList();
  }
}
