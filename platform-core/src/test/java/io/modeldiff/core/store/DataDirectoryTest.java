package io.modeldiff.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.core.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path root;

  @Test
  void open_heldByThisProcess_saysSoAndKeepsTheLock() throws Exception {
    try (DataDirectory held = DataDirectory.open(root)) {
      assertThatThrownBy(() -> DataDirectory.open(root))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is in use by another Model-diff process");
      // the refused opening must not have dropped the operating system's lock
      try (ChildJvm other = ChildJvm.start(DirectoryHolder.class, root.toString())) {
        assertThat(other.awaitLine("REFUSED")).contains("is in use");
        assertThat(other.await()).isEqualTo(1);
      }
      assertThat(held.layout().root()).isEqualTo(root);
    }
    DataDirectory.open(root).close();
  }

  @Test
  void open_holderWasKilled_isFreeAgain() throws Exception {
    try (ChildJvm other = ChildJvm.start(DirectoryHolder.class, root.toString())) {
      String pid = other.awaitLine("HELD").substring("HELD ".length());
      assertThatThrownBy(() -> DataDirectory.open(root)).hasMessageContaining("process " + pid);
      other.kill();
    }
    DataDirectory.open(root).close();
  }

  @Test
  void open_newerFormat_namesBothVersions() throws Exception {
    Files.writeString(root.resolve("format"), "7\n");
    assertThatThrownBy(() -> DataDirectory.open(root))
        .hasMessageContaining("has format 7")
        .hasMessageContaining("knows format 1");
    Files.writeString(root.resolve("format"), "1\n");
    DataDirectory.open(root).close();
  }

  @Test
  void open_pathIsAFile_isBadInput() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "");
    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessageContaining("is a file");
  }

  @Test
  void port_askedAgain_isTheSameBelowTheEphemeralRange() {
    int first;
    try (DataDirectory directory = DataDirectory.open(root)) {
      first = directory.ports().port("cql");
      assertThat(directory.ports().port("storage")).isNotEqualTo(first);
    }
    try (DataDirectory directory = DataDirectory.open(root)) {
      assertThat(directory.ports().port("cql")).isEqualTo(first).isLessThan(32_768);
    }
  }

  @Test
  void freePort_takenByAnotherProgram_isReplaced() throws Exception {
    try (DataDirectory directory = DataDirectory.open(root)) {
      int first = directory.ports().port("cql");
      try (var taken =
          new java.net.ServerSocket(first, 1, java.net.InetAddress.getLoopbackAddress())) {
        int second = directory.ports().freePort("cql");
        assertThat(second).isNotEqualTo(taken.getLocalPort());
        assertThat(directory.ports().port("cql")).isEqualTo(second);
      }
    }
  }
}
