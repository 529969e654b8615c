/**
 * What an operator looks at: Prometheus metrics, health and readiness, served by every process on
 * one small port, whatever its roles.
 */
@NullMarked
package io.modeldiff.core.ops;

import org.jspecify.annotations.NullMarked;
