/**
 * What people can ask of the platform, in the words of the domain. The dashboard and the REST API
 * are two faces of these interfaces, so a number on a page is the number of the API.
 *
 * <p>Reads may be called from any thread and answer from read tables; changes carry the {@link
 * io.modeldiff.web.access.Caller} who asked, check what the caller may do, and end in events.
 */
@NullMarked
package io.modeldiff.web.service;

import org.jspecify.annotations.NullMarked;
