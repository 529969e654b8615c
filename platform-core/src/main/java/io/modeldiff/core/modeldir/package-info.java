/** Writing model directories: safetensors files, copies in another precision. */
@NullMarked
package io.modeldiff.core.modeldir;

import org.jspecify.annotations.NullMarked;
