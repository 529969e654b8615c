/**
 * The architectures: each one small file that turns a config.json and tensor names into the common
 * description of a transformer. The forward pass itself is written once, in the engine.
 */
@NullMarked
package io.modeldiff.core.lm.arch;

import org.jspecify.annotations.NullMarked;
