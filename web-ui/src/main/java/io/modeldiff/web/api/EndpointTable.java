package io.modeldiff.web.api;

import static io.modeldiff.web.access.Permission.VIEW;

import io.modeldiff.web.access.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a part of the API adds to the table of all endpoints. */
abstract class EndpointTable {
  /** What a change answers that has nothing to tell. */
  static final Map<String, Object> DONE = Map.of("done", true);

  private final String below;
  private final List<Endpoint> rows = new ArrayList<>();

  /**
   * @param below what all paths begin with
   */
  EndpointTable(String below) {
    this.below = below;
  }

  final List<Endpoint> rows() {
    return List.copyOf(rows);
  }

  final void add(List<Endpoint> others) {
    rows.addAll(others);
  }

  final void get(String path, Permission permission, Endpoint.Handler handler) {
    add("GET", path, permission, new Endpoint.Answer.Value(handler));
  }

  final void post(String path, Permission permission, Endpoint.Handler handler) {
    add("POST", path, permission, new Endpoint.Answer.Value(handler));
  }

  final void put(String path, Permission permission, Endpoint.Handler handler) {
    add("PUT", path, permission, new Endpoint.Answer.Value(handler));
  }

  final void delete(String path, Permission permission, Endpoint.Handler handler) {
    add("DELETE", path, permission, new Endpoint.Answer.Value(handler));
  }

  final void file(String path, Permission permission, Endpoint.FileHandler handler) {
    add("GET", path, permission, new Endpoint.Answer.File(handler));
  }

  final void events(String path, Endpoint.Handler check, Endpoint.EventHandler handler) {
    add("GET", path, VIEW, new Endpoint.Answer.Events(check, handler));
  }

  private void add(String method, String path, Permission permission, Endpoint.Answer answer) {
    rows.add(new Endpoint(method, below + path, permission, answer));
  }
}
