/** Commands that compare two models: {@code compare} and {@code demo}. */
@NullMarked
package io.modeldiff.web.cli.compare;

import org.jspecify.annotations.NullMarked;
