package import HighwayNetworks
import TensorFiles

/// The line that a walk between two codes begins with.
package struct WalkStart: Hashable, Sendable {
  /// The part of the data set that it is in.
  package var split: SampleSplit
  /// Its number there.
  package var sample: Int

  /// Names a line.
  package init(split: SampleSplit, sample: Int) {
    self.split = split
    self.sample = sample
  }
}

/// The walk between the codes of two lines.
extension ExplorerState {
  /// Why there is no walk; nil where the network has codes of lines to write from.
  var walkProblem: String? {
    model?.hasCode ?? false
      ? problem(\.samples) : "only an autoencoder of lines has codes to walk between"
  }

  /// The line that the walk begins with; nil where there is none in the split that is chosen.
  package var walkStart: Int? {
    guard walkProblem == nil, let start = selection.walkStart, start.split == selection.split,
      start.sample < sampleCount
    else { return nil }
    return start.sample
  }

  /// Whether the walk stands in the place of the sample's gates.
  var showsWalk: Bool { display.view.subject == .sample && walkStart != nil }

  /// What is to be written: from the sample's own code, or on the way to it from that of the walk's first line.
  package var walkRequest: WalkRequest? {
    guard walkProblem == nil, sampleCount > 0, let epoch = timeline.current?.id else { return nil }
    let start = walkStart.flatMap { $0 == selection.sample ? nil : $0 }
    return WalkRequest(
      epoch: epoch, split: selection.split,
      ends: (start.map { [$0] } ?? []) + [selection.sample], clamps: clamps)
  }

  /// The lines that are written.
  package var walk: Shown<CodeWalk> {
    if let problem = walkProblem { return .unavailable(problem) }
    return shown(walkRequest.map(Question.walk), \.walk)
  }

  /// Begins a walk with the line that is chosen, or ends it.
  mutating func toggleWalk() {
    selection.walkRow = nil
    guard walkStart == nil else {
      selection.walkStart = nil
      return
    }
    selection.walkStart = WalkStart(split: selection.split, sample: selection.sample)
  }

  /// Whether a walk has the form that the model that is open gives it.
  func fits(_ walk: CodeWalk, to request: WalkRequest) -> Bool {
    let blocks = Set((model?.blocks ?? []).map(\.number))
    return walk.ends.count == request.ends.count && walk.meanTBefore.count == walk.ends.count
      && walk.stops.count == (request.ends.count == 1 ? 1 : WalkRequest.stops)
      && blocks.isSuperset(of: walk.layersBefore + walk.layers)
      && (walk.meanTBefore + walk.stops.map(\.meanTBefore))
        .allSatisfy { $0.count == walk.layersBefore.count }
      && walk.stops.allSatisfy { $0.meanT.count == walk.layers.count }
  }
}

extension CodeWalk {
  /// A line of tokens as it is shown; texts of strangers.
  package static func line(_ tokens: [String]) -> String {
    tokens.isEmpty ? "(empty)" : tokens.map(\.excerpt).joined(separator: " ")
  }
}
