/** The DJL PyTorch engine behind the language-model interfaces. */
@NullMarked
package io.modeldiff.core.lm.torch;

import org.jspecify.annotations.NullMarked;
