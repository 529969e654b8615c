/** What pages are made of: charts with their data, tiles with uncertainty, help, empty states. */
@NullMarked
package io.modeldiff.web.ui.part;

import org.jspecify.annotations.NullMarked;
