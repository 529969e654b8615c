/**
 * The REST API, version 1: a table of endpoints over the same services as the pages, errors as
 * problem details (RFC 9457), progress as server-sent events.
 */
@NullMarked
package io.modeldiff.web.api;

import org.jspecify.annotations.NullMarked;
