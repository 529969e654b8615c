/** {@code modeldiff model ...}: registering, showing, training and perturbing models. */
@NullMarked
package io.modeldiff.web.cli.model;

import org.jspecify.annotations.NullMarked;
