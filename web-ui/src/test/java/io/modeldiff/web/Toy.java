package io.modeldiff.web;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.corpus.CorpusDocument;
import io.modeldiff.web.result.corpus.CorpusQuery;
import io.modeldiff.web.result.inputs.Input;
import io.modeldiff.web.result.inputs.InputPage;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.TextMix;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.service.NotFoundException;
import io.modeldiff.web.service.Phase;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.service.SpaceSpec;
import io.modeldiff.web.service.Subscription;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The document of a short run of {@code modeldiff demo --toy}, for tests of how pages show one; its
 * density and inputs are made up for the page.
 */
public final class Toy implements ComparisonService {
  public static final String ID = "toy";
  private static final String SMALL = "small-toy";
  private static final String LARGE = "large-toy";

  private final ComparisonDocument result = read();

  /** A platform that holds this comparison and nothing else. */
  public static Services services(AccessControl access, Executor background) {
    Services empty = Platform.with(access, background);
    return new Services(
        access,
        empty.models(),
        empty.campaigns(),
        new Toy(),
        empty.corpora(),
        empty.instances(),
        empty.annotations(),
        empty.jobs(),
        empty.system(),
        background);
  }

  private static ComparisonDocument read() {
    try (InputStream in =
        Objects.requireNonNull(Toy.class.getResourceAsStream("toy-result.json"))) {
      return new JsonMapper().readValue(in, ComparisonDocument.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Summary> list(int limit) {
    return List.of(get(ID));
  }

  @Override
  public Summary get(String id) {
    if (!id.equals(ID)) {
      throw new NotFoundException("comparison", id);
    }
    return new Summary(
        ID,
        SMALL,
        LARGE,
        new SpaceSpec(8, "1.74:2.00", "bos", "0-9"),
        0,
        Phase.DONE,
        1.0,
        "done",
        result.headline(),
        "small",
        "large",
        Instant.parse("2026-11-01T10:00:00Z"),
        Caller.LOCAL_NAME);
  }

  @Override
  public ComparisonDocument result(String id, double lambda) {
    get(id);
    return result;
  }

  @Override
  public Density density(String id) {
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i <= 30; i++) {
      edges.add(1.70 + i * 0.02);
    }
    List<List<@Nullable Double>> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      List<@Nullable Double> row = new ArrayList<>();
      for (int j = 0; j < 30; j++) {
        row.add(Math.abs(i - j) < 6 ? 6 - 0.15 * (i - j) * (i - j) - 0.02 * i : null);
      }
      rows.add(row);
    }
    return new Density(edges, edges, rows);
  }

  @Override
  public InputPage inputs(String id, InputQuery query) {
    List<Input> inputs =
        Stream.of(input(id, "1"), input(id, "2"))
            .filter(i -> i.d() >= query.from() && i.d() <= query.to())
            .toList();
    return new InputPage(inputs, inputs.size(), inputs.size(), inputs.size());
  }

  @Override
  public TextMix mix(String id, InputQuery query) {
    return new TextMix(2, List.of(new TextMix.Kind("digits", 1, 0)), List.of());
  }

  @Override
  public Rebuilt rebuild(String id, Caller who) {
    who.require(Permission.OPERATE);
    get(id);
    return new Rebuilt(true, "0");
  }

  @Override
  public Input input(String id, String inputId) {
    double shift = inputId.equals("1") ? -0.05 : 0.04;
    List<Integer> ids = List.of(9, 8, 7, 6, 0, 0, 0, 0);
    List<String> tokens = ids.stream().map(String::valueOf).toList();
    return new Input(inputId, "AB", 1.81 + shift, 1.81, 2.31, ids, tokens, String.join("", tokens));
  }

  @Override
  public CorpusDocument corpus(String id, CorpusQuery query) {
    throw new NotFoundException("corpus", query.corpus());
  }

  @Override
  public String start(Spec spec, Caller who) {
    who.require(Permission.OPERATE);
    return ID;
  }

  @Override
  public void cancel(String id, String reason, Caller who) {
    who.require(Permission.OPERATE);
    get(id);
  }

  @Override
  public Subscription watch(String id, Consumer<Summary> listener) {
    listener.accept(get(id));
    return () -> {};
  }

  @Override
  public Export export(String id, String what, String format) {
    get(id);
    try {
      return new Export(
          id + "." + format,
          "application/json",
          Files.writeString(Files.createTempFile("toy", "." + format), "{}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Forecast forecast(Spec spec, Caller who) {
    who.require(Permission.OPERATE);
    return new Forecast(4000, 200_000, 50, "about 50 s");
  }

  @Override
  public ZPicture explore(
      String model, SpaceSpec space, List<Double> betas, List<String> sentences) {
    return new ZPicture(List.of(1.0, 2.0), List.of(), List.of());
  }
}
