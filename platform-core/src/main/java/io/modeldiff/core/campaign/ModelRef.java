package io.modeldiff.core.campaign;

import io.modeldiff.core.serialization.CborSerializable;

/**
 * A model as a campaign refers to it.
 *
 * @param name registered name, or the directory's last component
 * @param path the Hugging Face directory as known where the campaign was started; workers look
 *     there or in their shared folder
 * @param hash SHA-256 over its files, lower-case hex; a worker whose copy differs refuses the work
 * @param dtype precision in which it is to be loaded: {@code f32}, {@code f16} or {@code auto}
 */
public record ModelRef(String name, String path, String hash, String dtype)
    implements CborSerializable {}
