package io.modeldiff.web.cli.comparison;

import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.result.inputs.Input;
import io.modeldiff.web.result.inputs.InputPage;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.TextMix;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff comparison inputs}. */
@Command(
    name = "inputs",
    description =
        "Representative inputs: drawn with their weights, without near-duplicates from one chain,"
            + " each with D, both NLLs and the number of inputs that it stands for.")
final class InputsCommand extends ResultCommand {
  private static final int COMPOSED = 400;

  @Parameters(paramLabel = "ID", description = "The comparison's id, or the beginning of it.")
  private String id = "";

  @Option(
      names = "--direction",
      paramLabel = "AB|BA",
      defaultValue = "AB",
      description = "AB: inputs that A finds likely; BA: those that B finds likely (default: AB).")
  private String direction = "AB";

  @Option(
      names = "--d",
      paramLabel = "LO:HI",
      description = "Range of D = z_A - z_B, nats per token; either end may be empty.")
  private String d = ":";

  @Option(
      names = "--z",
      paramLabel = "LO:HI",
      description = "Range of the finder's NLL, nats per token; either end may be empty.")
  private String z = ":";

  @Option(
      names = "--text",
      paramLabel = "PART",
      description = "Only inputs whose decoded text holds this, in any case.")
  private String text = "";

  @Option(
      names = "--page",
      paramLabel = "P",
      defaultValue = "1",
      description = "Which page, from 1 (default: 1).")
  private int page = 1;

  @Option(
      names = "--limit",
      paramLabel = "K",
      defaultValue = "20",
      description = "Inputs on a page (default: 20).")
  private int limit = 20;

  @Mixin private ShelfOptions where = new ShelfOptions();

  InputsCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    Interval ofD = Interval.parse("--d", d);
    Interval ofZ = Interval.parse("--z", z);
    int offset = (int) Math.min(Integer.MAX_VALUE, (page - 1L) * limit);
    InputQuery query =
        new InputQuery(
            direction, ofD.low(), ofD.high(), ofZ.low(), ofZ.high(), text, offset, limit);
    InputQuery whole =
        new InputQuery(direction, ofD.low(), ofD.high(), ofZ.low(), ofZ.high(), "", 0, COMPOSED);
    try (Shelf shelf = where.open(console())) {
      String found = shelf.find(id);
      InputPage inputs = shelf.inputs(found, query);
      TextMix mix = shelf.mix(found, whole);
      if (json()) {
        JsonDocument.print(
            console(),
            Map.of(
                "inputs", inputs.inputs(),
                "total", inputs.total(),
                "searched", inputs.searched(),
                "within", inputs.within(),
                "composition", mix));
      } else {
        print(inputs, mix);
      }
    }
  }

  private void print(InputPage inputs, TextMix mix) {
    for (Input input : inputs.inputs()) {
      console()
          .out()
          .printf(
              Locale.ROOT,
              "D %+.3f  z_A %.3f  z_B %.3f  stands for %s%n    %s%n",
              input.d(),
              input.zA(),
              input.zB(),
              Numbers.plainMagnitude(input.log10Weight()),
              input.text().replace("\n", "\\n").replace("\r", "\\r").replace("\u001b", "\\e"));
    }
    console()
        .out()
        .printf(
            Locale.ROOT,
            "%,d of %,d inputs; by simple rules: %s%n",
            inputs.inputs().size(),
            inputs.total(),
            mix.kinds().stream()
                .map(k -> k.kind() + " " + Numbers.share(k.share(), k.se()))
                .collect(Collectors.joining(", ")));
    if (!mix.tokens().isEmpty()) {
      console()
          .out()
          .println(
              "more often than elsewhere: "
                  + mix.tokens().stream()
                      .map(t -> String.format(Locale.ROOT, "'%s' (%.1f sd)", t.token(), t.score()))
                      .collect(Collectors.joining(", ")));
    }
    console().out().flush();
  }
}
