/** Tests of what pages and routes share. */
@NullMarked
package io.modeldiff.web.service;

import org.jspecify.annotations.NullMarked;
