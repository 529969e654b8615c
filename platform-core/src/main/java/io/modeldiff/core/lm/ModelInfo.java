package io.modeldiff.core.lm;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * What is known of a loaded model.
 *
 * @param name registered name, or the directory's last component
 * @param directory the Hugging Face directory
 * @param hash SHA-256 over its files (names and contents), lower-case hex
 * @param architecture model_type of config.json, e.g. {@code gpt2}
 * @param kind causal or masked
 * @param vocabulary number of token ids the model scores
 * @param positions the largest number of input positions (prefix included)
 * @param bos the token that starts a text: bos_token_id, else eos_token_id, else empty
 * @param parameters number of weights
 * @param dtype precision in which the weights are held, e.g. {@code f32}
 * @param device e.g. {@code cpu} or {@code cuda:0}
 */
public record ModelInfo(
    String name,
    Path directory,
    String hash,
    String architecture,
    ModelKind kind,
    int vocabulary,
    int positions,
    OptionalInt bos,
    long parameters,
    String dtype,
    String device) {}
