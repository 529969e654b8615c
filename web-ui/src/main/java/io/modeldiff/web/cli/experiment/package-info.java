/** {@code modeldiff experiment}: the paper's experiments as presets, on the user's models. */
@NullMarked
package io.modeldiff.web.cli.experiment;

import org.jspecify.annotations.NullMarked;
