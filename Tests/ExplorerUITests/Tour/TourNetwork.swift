import ExplorerUI

@testable import HighwayNetworks

/// The made-up network that tests of the tour go through, and runs to set beside each other.
enum TourNetwork {
  static let network = SyntheticNetwork(samplesPerClass: 10)
  static let models = TourModels(
    path: network.summary().path,
    compared: ["runs/coupled-50", "runs/residual-50", "runs/plain-50"])

  /// Made once: they take most of the time of a test.
  private static let statistics = Dictionary(
    uniqueKeysWithValues: [0, 5, 20].map { ($0, network.statistics(epoch: $0)) })

  static func answer(to question: Question) -> Answer? {
    guard case .statistics(let request) = question, request.thresholds == Thresholds(),
      let known = statistics[request.epoch.number]
    else { return network.answer(to: question) }
    return .statistics(known)
  }

  /// The state with the network open and everything there that is asked for.
  static func opened(_ size: Size = Size(width: 80, height: 24)) -> ExplorerState {
    var state = ExplorerState(size: size)
    state.tour(.modelOpened(network.summary()))
    return state
  }

  /// The same on the first step of the tour.
  static func begun(_ size: Size = Size(width: 80, height: 24)) -> ExplorerState {
    var state = opened(size)
    state.tour(.tourFound(models))
    return state
  }
}

extension ExplorerState {
  /// Applies an action and answers what it asks for, runs that are compared included.
  mutating func tour(_ action: Action) {
    var queue = [action]
    while !queue.isEmpty {
      for effect in update(&self, with: queue.removeFirst()) {
        switch effect {
        case .wanted(let questions):
          queue += questions.compactMap { question in
            TourNetwork.answer(to: question).map { .answered(question, .success($0)) }
          }
        case .readRun(let path):
          let name = path.split(separator: "/").last.map(String.init) ?? path
          let gating: Gating =
            name.hasPrefix("coupled") ? .coupled : name.hasPrefix("plain") ? .plain : .residual
          queue.append(.runRead(path, SyntheticRuns.summary(name, gating: gating, layers: 49)))
        default: break
        }
      }
    }
  }

  /// Presses keys and answers what they ask for.
  mutating func tour(_ keys: Key...) {
    for key in keys { tour(.terminal(.key(key))) }
  }
}
