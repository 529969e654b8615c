package io.modeldiff.core.annotation;

import io.modeldiff.core.serialization.CborSerializable;
import java.time.Instant;

/** A person asks a reviewer to look at an item. */
public record ItemFlag(String by, String comment, Instant at) implements CborSerializable {}
