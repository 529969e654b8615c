/** Groups of options that mean the same in every command. */
@NullMarked
package io.modeldiff.web.cli.options;

import org.jspecify.annotations.NullMarked;
