package io.modeldiff.core.store;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Asks a CQL server whether it answers, without a driver session. */
final class CqlProbe {
  private static final byte[] OPTIONS = {4, 0, 0, 0, 5, 0, 0, 0, 0};
  private static final int HEADER = 9;
  private static final int OPCODE_AT = 4;
  private static final int SUPPORTED = 6;

  private CqlProbe() {}

  /**
   * True when an OPTIONS frame of protocol version 4 is answered by SUPPORTED. An open port alone
   * is not enough: a server that starts or hangs accepts connections too.
   */
  static boolean answers(String host, int port, Duration timeout) {
    int millis = Math.toIntExact(timeout.toMillis());
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), millis);
      socket.setSoTimeout(millis);
      socket.getOutputStream().write(OPTIONS);
      socket.getOutputStream().flush();
      byte[] header = socket.getInputStream().readNBytes(HEADER);
      return header.length == HEADER && header[OPCODE_AT] == SUPPORTED;
    } catch (IOException e) {
      return false;
    }
  }
}
