/** What the command line, the API and the dashboard use of the write side. */
@NullMarked
package io.modeldiff.replica.api;

import org.jspecify.annotations.NullMarked;
