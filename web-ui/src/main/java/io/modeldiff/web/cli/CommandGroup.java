package io.modeldiff.web.cli;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.console.Console;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only has subcommands: used alone it is bad usage that names them. */
public abstract class CommandGroup extends CliCommand {
  @Spec private @Nullable CommandSpec spec;

  protected CommandGroup(Console console) {
    super(console);
  }

  @Override
  protected final void run() {
    CommandSpec own = Objects.requireNonNull(spec);
    throw UserException.badInput(
        "Which of its commands? "
            + String.join(", ", own.subcommands().keySet())
            + "; see "
            + own.qualifiedName()
            + " --help.");
  }
}
