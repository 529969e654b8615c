package io.modeldiff.analysis.readmodel;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;

/** Arrays in list columns, and writes that run side by side. */
final class Rows {
  private static final TypeCodec<List<List<Integer>>> INT_LISTS =
      TypeCodecs.listOf(TypeCodecs.listOf(TypeCodecs.INT));

  private Rows() {}

  static List<Integer> list(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  static List<Long> list(long[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  static List<List<Integer>> lists(int[][] values) {
    return Arrays.stream(values).map(Rows::list).toList();
  }

  static int[] ints(Row row, String column) {
    return Objects.requireNonNull(row.getList(column, Integer.class), column).stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static long[] longs(Row row, String column) {
    return Objects.requireNonNull(row.getList(column, Long.class), column).stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  static double[] doubles(Row row, String column) {
    return Objects.requireNonNull(row.getList(column, Double.class), column).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  static int[][] intLists(Row row, String column) {
    return Objects.requireNonNull(row.get(column, INT_LISTS), column).stream()
        .map(l -> l.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  static String text(Row row, String column) {
    return Objects.requireNonNull(row.getString(column), column);
  }

  /** Done when all are. */
  static CompletionStage<Done> all(Stream<CompletionStage<Done>> writes) {
    List<CompletableFuture<Done>> futures = new ArrayList<>();
    writes.forEach(write -> futures.add(write.toCompletableFuture()));
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
        .thenApply(done -> Done.getInstance());
  }

  /** Empties a table. */
  static CompletionStage<Done> truncate(CassandraSession session, String table) {
    return session.executeWrite("TRUNCATE " + table);
  }
}
