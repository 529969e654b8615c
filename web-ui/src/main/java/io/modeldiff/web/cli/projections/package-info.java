/** {@code modeldiff projections}: read tables, dropped and built again from the journal. */
@NullMarked
package io.modeldiff.web.cli.projections;

import org.jspecify.annotations.NullMarked;
