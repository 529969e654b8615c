package io.modeldiff.core.platform;

import io.modeldiff.core.store.DataLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * The other members, remembered over a crash and over a stop. A coordinator that ends while its
 * workers live on finds their cluster again by them, instead of forming a second one.
 */
final class Peers {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int CONNECT_MILLIS = 1000;

  private final DataLayout layout;
  private volatile List<String> written;

  private Peers(DataLayout layout) {
    this.layout = layout;
    this.written = read(layout);
  }

  /** The members, as {@code host:port}, that were last seen. */
  static List<String> read(DataLayout layout) {
    try {
      return Files.exists(layout.peers()) ? Files.readAllLines(layout.peers()) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps the file up to date for as long as the system runs. */
  static void remember(ActorSystem<?> system, DataLayout layout) {
    Peers peers = new Peers(layout);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            EVERY, EVERY, () -> peers.look(Cluster.get(system)), system.executionContext());
  }

  /** Whether something listens where one of them did, even if it stands still at present. */
  static boolean anyListens(List<String> peers) {
    return peers.stream().anyMatch(Peers::listens);
  }

  private static boolean listens(String peer) {
    int colon = peer.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      int port = Integer.parseInt(peer.substring(colon + 1));
      socket.connect(new InetSocketAddress(peer.substring(0, colon), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void look(Cluster cluster) {
    List<String> others = new ArrayList<>();
    for (Member member : cluster.state().getMembers()) {
      if (!member.address().equals(cluster.selfMember().address())) {
        others.add(member.address().hostPort().replaceFirst("^.*@", ""));
      }
    }
    write(worthKnowing(cluster.selfMember().status(), others, written));
  }

  /**
   * What to remember: members seen from outside the cluster, or while being taken out of it, are
   * not those to come back to.
   */
  static List<String> worthKnowing(MemberStatus self, List<String> seen, List<String> before) {
    return self.equals(MemberStatus.up()) ? seen : before;
  }

  private void write(List<String> others) {
    if (others.equals(written)) {
      return;
    }
    try {
      var next = layout.peers().resolveSibling("peers.next");
      Files.write(next, others);
      Files.move(
          next,
          layout.peers(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      written = others;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
