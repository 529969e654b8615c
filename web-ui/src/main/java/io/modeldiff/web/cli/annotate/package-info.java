/** {@code modeldiff annotate}: projects, their files and what their answers say. */
@NullMarked
package io.modeldiff.web.cli.annotate;

import org.jspecify.annotations.NullMarked;
