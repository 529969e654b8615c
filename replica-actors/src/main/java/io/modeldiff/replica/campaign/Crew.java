package io.modeldiff.replica.campaign;

import io.modeldiff.replica.worker.ReplicaProtocol;
import io.modeldiff.replica.worker.SmcProtocol;

/** How a campaign reaches its replicas and SMC replicates, wherever they live. */
public interface Crew {
  /** Sends to replica k of a campaign. */
  void tellReplica(String campaign, int replica, ReplicaProtocol.Command command);

  /** Sends to SMC replicate i of a campaign. */
  void tellReplicate(String campaign, int replicate, SmcProtocol.Command command);
}
