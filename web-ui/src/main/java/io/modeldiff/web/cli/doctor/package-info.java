/** {@code modeldiff doctor}: what this machine has, what is missing, how to fix it. */
@NullMarked
package io.modeldiff.web.cli.doctor;

import org.jspecify.annotations.NullMarked;
