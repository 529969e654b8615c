package io.modeldiff.replica.round;

import io.modeldiff.replica.kernel.KernelName;

/**
 * Moves of one kernel at one rung in one round of one replica.
 *
 * @param proposed moves made, one per lane
 * @param accepted those accepted
 */
public record MoveCount(KernelName kernel, int rung, long proposed, long accepted) {}
