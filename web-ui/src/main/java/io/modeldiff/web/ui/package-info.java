/**
 * The dashboard's pages. A page asks {@link io.modeldiff.web.service.Services} in the background,
 * shows what comes, and says so when there is nothing or when something failed.
 */
@NullMarked
package io.modeldiff.web.ui;

import org.jspecify.annotations.NullMarked;
