package import HighwayNetworks

/// One epoch of the timeline.
package enum EpochID: Hashable, Sendable {
  /// An epoch whose parameters lie in a file.
  case recorded(Int)
  /// An epoch that this session trained; its parameters are in memory.
  ///
  /// The branch tells epochs of the same number apart where training began anew from an earlier epoch; the
  /// step is that of an epoch that has not come to its end.
  case live(Int, branch: Int = 0, step: Int? = nil)
  /// The parameters in training, whichever they are, in questions that are answered again and again.
  case inTraining

  /// The epoch's number; 0 is the initialization.
  package var number: Int {
    switch self {
    case .recorded(let number), .live(let number, _, _): number
    case .inTraining: 0
    }
  }

  /// Whether this session trained it.
  var isLive: Bool { if case .live = self { true } else { false } }
}

/// Which part of the data set is looked at.
package enum SampleSplit: String, Hashable, Sendable, CaseIterable {
  /// The samples that the network was trained on.
  case train
  /// The samples that it was not trained on.
  case test

  /// The other part.
  package var other: SampleSplit {
    switch self {
    case .train: .test
    case .test: .train
    }
  }
}

/// Which statistics are wanted.
package struct StatisticsRequest: Hashable, Sendable {
  /// Whose parameters.
  package var epoch: EpochID
  /// Over which samples.
  package var split: SampleSplit
  /// What counts as carried and as transformed.
  package var thresholds: Thresholds
  /// Which gates are held.
  package var clamps: GateClamps
  /// By which grouping of a text's tokens.
  package var grouping = 0

  /// Describes statistics.
  package init(
    epoch: EpochID, split: SampleSplit, thresholds: Thresholds, clamps: GateClamps = GateClamps(),
    grouping: Int = 0
  ) {
    self.grouping = grouping
    self.epoch = epoch
    self.split = split
    self.thresholds = thresholds
    self.clamps = clamps
  }
}

/// Which unit's histograms are wanted.
package struct UnitRequest: Hashable, Sendable {
  /// Whose parameters.
  package var epoch: EpochID
  /// Over which samples.
  package var split: SampleSplit
  /// The layer's number, as in the checkpoint's tensor names.
  package var layer: Int
  /// The unit of that layer.
  package var unit: Int
  /// Which gate of it.
  package var gate: Signal
  /// Which gates are held.
  package var clamps: GateClamps
  /// By which grouping of a text's tokens.
  package var grouping = 0

  /// Describes a unit.
  package init(
    epoch: EpochID, split: SampleSplit, layer: Int, unit: Int, gate: Signal = .transformGate,
    clamps: GateClamps = GateClamps(), grouping: Int = 0
  ) {
    self.grouping = grouping
    self.gate = gate
    self.epoch = epoch
    self.split = split
    self.layer = layer
    self.unit = unit
    self.clamps = clamps
  }
}

/// Which sample is to be followed through the network.
package struct SampleRequest: Hashable, Sendable {
  /// Whose parameters.
  package var epoch: EpochID
  /// In which part of the data set.
  package var split: SampleSplit
  /// The number of the sample in that part, from 0.
  package var sample: Int
  /// Which gates are held.
  package var clamps: GateClamps

  /// Describes a sample.
  package init(
    epoch: EpochID, split: SampleSplit, sample: Int, clamps: GateClamps = GateClamps()
  ) {
    self.epoch = epoch
    self.split = split
    self.sample = sample
    self.clamps = clamps
  }
}

/// Between the codes of which samples lines are to be written.
package struct WalkRequest: Hashable, Sendable {
  /// How many places a walk between two samples has, its ends among them.
  package static let stops = 7

  /// Whose parameters.
  package var epoch: EpochID
  /// In which part of the data set.
  package var split: SampleSplit
  /// The samples by their numbers in that part; one alone where only its own code is asked for.
  package var ends: [Int]
  /// Which gates are held.
  package var clamps: GateClamps

  /// Describes a walk.
  package init(
    epoch: EpochID, split: SampleSplit, ends: [Int], clamps: GateClamps = GateClamps()
  ) {
    self.epoch = epoch
    self.split = split
    self.ends = ends
    self.clamps = clamps
  }
}
