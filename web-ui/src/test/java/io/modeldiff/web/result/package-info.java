@NullMarked
package io.modeldiff.web.result;

import org.jspecify.annotations.NullMarked;
