/** Tests of the sampler laboratory. */
@NullMarked
package io.modeldiff.web.lab;

import org.jspecify.annotations.NullMarked;
