/**
 * The files of a Hugging Face model directory: config.json, safetensors, tokenizer.json, hashes.
 */
@NullMarked
package io.modeldiff.core.lm.files;

import org.jspecify.annotations.NullMarked;
