/** Root package of the web-ui module. */
@NullMarked
package io.modeldiff.web;

import org.jspecify.annotations.NullMarked;
