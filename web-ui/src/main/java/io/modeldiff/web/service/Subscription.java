package io.modeldiff.web.service;

/** A running delivery of news; closing it ends the delivery. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
