/** Annotation projects over the real API and store: crowds, kills, files, and what pages show. */
@NullMarked
package io.modeldiff.web.annotation;

import org.jspecify.annotations.NullMarked;
