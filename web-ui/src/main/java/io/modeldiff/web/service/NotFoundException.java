package io.modeldiff.web.service;

/** What was asked for by id or name does not exist; 404 in the API. */
public final class NotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what kind of thing, e.g. {@code comparison}
   * @param id what it was asked for by
   */
  public NotFoundException(String what, String id) {
    super("There is no " + what + " '" + id + "'.");
  }
}
