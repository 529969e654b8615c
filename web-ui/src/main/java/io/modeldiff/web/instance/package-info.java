/**
 * What {@code score --diff} finds of a text: one document, whether the command does the work or a
 * platform that runs elsewhere.
 */
@NullMarked
package io.modeldiff.web.instance;

import org.jspecify.annotations.NullMarked;
