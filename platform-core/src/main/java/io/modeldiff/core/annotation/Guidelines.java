package io.modeldiff.core.annotation;

import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.serialization.CborSerializable;

/**
 * How to score, in words.
 *
 * @param version from 1; every answer keeps the version that its person read
 */
public record Guidelines(int version, String text, Cause cause) implements CborSerializable {}
