package io.modeldiff.web.result.inputs;

import java.util.List;

/**
 * A page of inputs.
 *
 * @param inputs in the order in which they were drawn
 * @param total inputs that fit, of all or, with a text, of those that were searched
 * @param searched inputs whose text was looked at; equals the number within the ranges when
 *     everything was
 * @param within inputs within the ranges of D and z
 */
public record InputPage(List<Input> inputs, long total, long searched, long within) {}
