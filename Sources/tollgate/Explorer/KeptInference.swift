import HighwayNetworks
import Synchronization

/// Keeps the network that was used last ready for what is asked next.
final class KeptInference: Sendable {
  private struct Ready {
    let network: Network
    let clamps: GateClamps
    let inference: Inference
  }

  private let ready = Mutex<Ready?>(nil)
  private let workspaces: WorkspacePool?

  /// Keeps nothing yet; with a pool, the memory of statistics is used again.
  init(workspaces: WorkspacePool? = nil) { self.workspaces = workspaces }

  /// A network made ready, with some gates held.
  func inference(_ network: Network, holding clamps: GateClamps) -> Inference {
    ready.withLock { ready in
      // A network that was read once shares its parameters with its copies, so that comparing is quick.
      if let kept = ready, kept.clamps == clamps, kept.network.parameters == network.parameters,
        kept.network.architecture == network.architecture
      {
        return kept.inference
      }
      let inference = Inference(network, clamps: clamps, workspaces: workspaces)
      ready = Ready(network: network, clamps: clamps, inference: inference)
      return inference
    }
  }
}
