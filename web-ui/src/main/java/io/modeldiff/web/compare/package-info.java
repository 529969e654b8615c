/** The main job: two campaigns and their comparison, from a request to the final table. */
@NullMarked
package io.modeldiff.web.compare;

import org.jspecify.annotations.NullMarked;
