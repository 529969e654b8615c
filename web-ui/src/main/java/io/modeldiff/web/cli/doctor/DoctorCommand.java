package io.modeldiff.web.cli.doctor;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.DataOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code modeldiff doctor}. */
@Command(
    name = "doctor",
    description = "Check what this machine has, what is missing, and how to fix it.")
public final class DoctorCommand extends ResultCommand {
  @Mixin private DataOptions data = new DataOptions();

  DoctorCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    List<Finding> findings = new Examination(data.directory()).findings();
    if (json()) {
      JsonDocument.print(
          console(), Map.of("findings", findings.stream().map(DoctorCommand::json).toList()));
    } else {
      findings.forEach(this::line);
    }
    long problems = findings.stream().filter(f -> f.state() == Finding.State.PROBLEM).count();
    if (problems > 0) {
      throw UserException.failed(
          problems + (problems == 1 ? " problem" : " problems") + " found; the advice is above.");
    }
  }

  private static Map<String, Object> json(Finding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("what", finding.what());
    fields.put("state", finding.state().toString());
    fields.put("found", finding.found());
    fields.put("advice", finding.advice());
    return fields;
  }

  private void line(Finding finding) {
    console().out().printf("%-8s %-11s %s%n", finding.state(), finding.what(), finding.found());
    String advice = finding.advice();
    if (advice != null) {
      console().out().printf("%20s %s%n", "", advice);
    }
  }
}
