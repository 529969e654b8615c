/** Tests of what people touch. */
@NullMarked
package io.modeldiff.web;

import org.jspecify.annotations.NullMarked;
