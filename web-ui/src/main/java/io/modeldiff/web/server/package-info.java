/** The embedded web server that hosts the dashboard. */
@NullMarked
package io.modeldiff.web.server;

import org.jspecify.annotations.NullMarked;
