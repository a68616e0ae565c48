import HighwayNetworks
import Synchronization

/// Follows samples through networks and keeps the last network ready for the next sample.
final class KeptTracer: Sendable {
  private struct Ready {
    let network: Network
    let clamps: GateClamps
    let tracer: SampleTracer
  }

  private let ready = Mutex<Ready?>(nil)

  /// What one sample does at every highway layer, with some gates held.
  func trace(
    _ sample: Int, of split: DataSet.Split, shape: Shape, normalization: Normalization,
    through network: Network, holding clamps: GateClamps
  ) -> SampleTrace {
    ready.withLock { ready in
      // A network that was read once shares its parameters with its copies, so that comparing is quick.
      let isReady = ready.map {
        $0.clamps == clamps && $0.network.parameters == network.parameters
          && $0.network.architecture == network.architecture
      }
      if let kept = ready, isReady == true {
        return kept.tracer.trace(sample, of: split, shape: shape, normalization: normalization)
      }
      let tracer = SampleTracer(network, clamps: clamps)
      ready = Ready(network: network, clamps: clamps, tracer: tracer)
      return tracer.trace(sample, of: split, shape: shape, normalization: normalization)
    }
  }
}
