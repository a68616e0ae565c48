import HighwayNetworks
import Synchronization

/// The lesions of a network in training: all layers at first, then a few with every picture, in turn.
final class LiveLesions: Sendable {
  /// With how many pictures every layer is renewed once.
  private static let round = 24

  private struct Known {
    var sweep: LesionSweep
    /// Which part of the layers is next.
    var turn = 0
  }

  private let known = Mutex<Known?>(nil)

  /// Forgets the sweep: other samples are taken from now on.
  func reset() { known.withLock { $0 = nil } }

  /// The sweep with a part of the layers lesioned anew; on the thread that calls.
  func renew(_ inference: Inference, _ samples: Samples) -> LesionSweep {
    known.withLock { known in
      guard var next = known else {
        let sweep = inference.lesions(of: samples, threads: 1)
        known = Known(sweep: sweep)
        return sweep
      }
      let layers = next.sweep.layers.map(\.layer)
      let part =
        layers.count * next.turn / Self.round..<layers.count * (next.turn + 1) / Self.round
      next.sweep = next.sweep.renewed(
        by: inference.lesions(of: samples, lesioned: Array(layers[part]), threads: 1))
      next.turn = (next.turn + 1) % Self.round
      known = next
      return next.sweep
    }
  }
}
