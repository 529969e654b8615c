/**
 * {@code modeldiff comparison}: what stored comparisons found, as text, JSON, files and a report.
 */
@NullMarked
package io.modeldiff.web.cli.comparison;

import org.jspecify.annotations.NullMarked;
