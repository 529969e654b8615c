package io.modeldiff.web.access;

/** What a page or a route needs from its caller. */
public enum Permission {
  /** Look at everything, change nothing. */
  VIEW,
  /** Score representative inputs. */
  ANNOTATE,
  /** Start and control campaigns and comparisons, register models and corpora. */
  OPERATE,
  /** Manage users and tokens. */
  ADMINISTER
}
