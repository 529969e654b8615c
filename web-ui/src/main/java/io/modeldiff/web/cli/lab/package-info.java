/** {@code modeldiff lab}: samplers side by side at equal budgets. */
@NullMarked
package io.modeldiff.web.cli.lab;

import org.jspecify.annotations.NullMarked;
