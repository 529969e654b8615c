/** Tests of the representative inputs. */
@NullMarked
package io.modeldiff.web.result.inputs;

import org.jspecify.annotations.NullMarked;
