/**
 * {@code modeldiff campaign}: starting, watching and steering campaigns, on the platform that runs
 * on a data directory or in this process.
 */
@NullMarked
package io.modeldiff.web.cli.campaign;

import org.jspecify.annotations.NullMarked;
