package io.modeldiff.core.store;

import io.modeldiff.core.error.UserException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the store answers.
 *
 * @param contactPoints one or more {@code host:port} to begin with, unresolved
 * @param datacenter the local data centre's name, which the driver needs
 */
public record CassandraEndpoint(List<InetSocketAddress> contactPoints, String datacenter) {
  /** Cassandra's own default port. */
  public static final int DEFAULT_PORT = 9042;

  /** The data centre's name of a cluster with the simple snitch. */
  public static final String DEFAULT_DATACENTER = "datacenter1";

  public CassandraEndpoint {
    contactPoints = List.copyOf(contactPoints);
  }

  /** The endpoint of a server on this machine. */
  static CassandraEndpoint loopback(int port) {
    return new CassandraEndpoint(
        List.of(InetSocketAddress.createUnresolved("127.0.0.1", port)), DEFAULT_DATACENTER);
  }

  /**
   * Reads {@code host:port[,host:port...]}; the port may be left out.
   *
   * @throws UserException when a part is not of that form
   */
  public static CassandraEndpoint parse(String text, String datacenter) {
    List<InetSocketAddress> points = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      points.add(parsePoint(part.strip(), text));
    }
    return new CassandraEndpoint(points, datacenter);
  }

  private static InetSocketAddress parsePoint(String part, String whole) {
    int colon = part.lastIndexOf(':');
    String host = colon < 0 ? part : part.substring(0, colon);
    String port = colon < 0 ? Integer.toString(DEFAULT_PORT) : part.substring(colon + 1);
    if (!host.isEmpty() && port.matches("\\d{1,5}")) {
      int number = Integer.parseInt(port);
      if (number > 0 && number < 65_536) {
        return InetSocketAddress.createUnresolved(host, number);
      }
    }
    throw UserException.badInput(
        "--cassandra \""
            + whole
            + "\" is not of the form host:port[,host:port...]; give for example"
            + " --cassandra 10.0.0.5:9042.");
  }

  /** The contact points as {@code host:port}, as the driver's configuration wants them. */
  public List<String> hostPorts() {
    return contactPoints.stream().map(p -> p.getHostString() + ":" + p.getPort()).toList();
  }

  @Override
  public String toString() {
    return String.join(",", hostPorts());
  }
}
