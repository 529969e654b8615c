package io.modeldiff.web.cli.score;

import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.lm.Tokenizer;

/**
 * The model whose scores follow.
 *
 * @param named as the person named it
 */
record ModelHeading(String named, ModelInfo info, Tokenizer tokenizer) {}
