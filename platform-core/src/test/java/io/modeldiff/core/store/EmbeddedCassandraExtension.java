package io.modeldiff.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test methods and constructors a {@link TestStore}:
 * {@code @ExtendWith(EmbeddedCassandraExtension.class)}. The server starts once in a test JVM, when
 * the first test asks for it, and stops after the last one.
 */
public final class EmbeddedCassandraExtension implements ParameterResolver {
  private static final Namespace SCOPE = Namespace.create(EmbeddedCassandraExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestStore.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(SCOPE)
        .getOrComputeIfAbsent("store", key -> new Shared(), Shared.class)
        .store;
  }

  private static final class Shared implements CloseableResource {
    private final Path root;
    private final TestStore store;

    Shared() {
      try {
        root = Files.createTempDirectory("modeldiff-test-store");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      DataDirectory directory = DataDirectory.open(root);
      store = new TestStore(directory, EmbeddedCassandra.start(directory, CassandraInstall.find()));
    }

    @Override
    public void close() throws IOException {
      store.close();
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
