/** Writing model directories: safetensors files, noised copies, copies in half precision. */
@NullMarked
package io.modeldiff.core.modeldir;

import org.jspecify.annotations.NullMarked;
