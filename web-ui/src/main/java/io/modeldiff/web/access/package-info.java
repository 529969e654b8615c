/**
 * Who may do what: roles, users, passwords and API tokens. Pages and the API ask the same {@link
 * io.modeldiff.web.access.AccessControl} who is calling, and the same {@link
 * io.modeldiff.web.access.Caller} what that person may do.
 */
@NullMarked
package io.modeldiff.web.access;

import org.jspecify.annotations.NullMarked;
