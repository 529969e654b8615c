package io.modeldiff.web.service;

import java.util.List;

/** How the platform itself is doing. */
public interface SystemService {
  /** Everything that the health page shows. */
  Health health();

  /**
   * @param version of the platform
   * @param uptimeSeconds since its start
   * @param parts each part with its state
   * @param nodes cluster members
   */
  record Health(String version, long uptimeSeconds, List<Part> parts, List<Node> nodes) {}

  /**
   * @param name e.g. {@code store}
   * @param ok whether it works
   * @param sentence what is known of it
   */
  record Part(String name, boolean ok, String sentence) {}

  /**
   * @param address of the member
   * @param roles its roles
   * @param status e.g. {@code Up}
   */
  record Node(String address, List<String> roles, String status) {}
}
