package io.modeldiff.web.server;

import java.util.Set;
import java.util.UUID;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What every answer of the dashboard obeys: browsers may load from this origin only, and in
 * single-user mode only requests that name this machine are served, so that a foreign page cannot
 * reach the dashboard through a name of its own that resolves to 127.0.0.1 (DNS rebinding).
 */
final class GuardHandler extends Handler.Wrapper {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  // The framework's bootstrap needs inline script and eval; nothing comes from another origin.
  private static final String POLICY =
      "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self'"
          + " 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src"
          + " 'self' ws: wss:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

  /** Answers which run of the server this is; open pages ask again and again. */
  private static final String ALIVE = "/alive";

  private final String run = UUID.randomUUID().toString();
  private final boolean thisMachineOnly;

  GuardHandler(boolean thisMachineOnly, Handler next) {
    super(next);
    this.thisMachineOnly = thisMachineOnly;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    response.getHeaders().put("Content-Security-Policy", POLICY);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put("Referrer-Policy", "same-origin");
    if (thisMachineOnly && !THIS_MACHINE.contains(Request.getServerName(request))) {
      Response.writeError(
          request,
          response,
          callback,
          421,
          "In single-user mode the dashboard answers as localhost or 127.0.0.1 only.");
      return true;
    }
    if (Request.getPathInContext(request).equals(ALIVE)) {
      response.getHeaders().put("Content-Type", "text/plain;charset=utf-8");
      response.getHeaders().put("Cache-Control", "no-store");
      Content.Sink.write(response, true, run, callback);
      return true;
    }
    return super.handle(request, response, callback);
  }
}
