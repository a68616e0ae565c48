package import HighwayNetworks

/// A grouping of the tokens of a text.
package struct TokenGroups: Hashable, Sendable {
  /// What it divides by, in a word.
  package var name: String
  /// The groups.
  package var names: [String]

  /// Describes a grouping.
  package init(name: String, names: [String]) {
    self.name = name
    self.names = names
  }
}

/// What is known about the model when it is opened; texts may come from files and need not be clean.
package struct ModelSummary: Sendable {
  /// A fact about the run in words, such as its learning rate.
  package struct Fact: Hashable, Sendable {
    /// What it is about.
    package var label: String
    /// What it is.
    package var value: String

    /// States a fact.
    package init(_ label: String, _ value: String) {
      self.label = label
      self.value = value
    }
  }

  /// The run directory or checkpoint that is open.
  package var path: String
  /// The model's name in the header.
  package var name: String
  /// What the network is made of; nil where only its gates were recorded.
  package var architecture: Architecture? {
    didSet {
      blocks = architecture?.blocks.byMicroSteps ?? []
      classCount = architecture.map { Self.classCount($0, labelCount, classNames) } ?? 0
    }
  }
  /// Whether the network has a code between an encoder and a decoder.
  var hasCode: Bool { architecture?.hasCode ?? false }
  /// The layers with gates, each micro-step of recurrent highway layers by itself.
  package private(set) var blocks: [Block]
  /// The number of classes; 0 where there are none.
  package private(set) var classCount: Int
  /// The number of classes that the samples' labels tell; nil where there are no samples.
  private let labelCount: Int?
  /// The gates, and other signals, that can be looked at in turn.
  package let gates: [Signal]
  /// The names of the classes; may be fewer than the network has.
  package var classNames: [String]
  /// The data set's name, where there is one.
  package var dataName: String?
  /// The shape of one image, as in the data set; nil where there is none.
  package var sampleShape: Shape?
  /// The number of samples for training.
  package var trainSamples: Int
  /// The number of samples for testing.
  package var testSamples: Int
  /// The epochs whose parameters are recorded, in order.
  package var recordedEpochs: [Int]
  /// What was recorded about epochs, whether or not their parameters were.
  package var metrics: [EpochMetrics]
  /// Hyper-parameters and other facts.
  package var facts: [Fact]
  /// The gate biases of each of ``blocks`` at epoch 0, where they are known; `[layers][units]`.
  package var initialGateBiases: [[Float]?]
  /// What can be shown and done with it here.
  package let abilities: Abilities
  /// What it was trained with, where that is known.
  package var hyperparameters: Hyperparameters?
  /// Where its data set is.
  package var dataPath: String?
  /// Whether it was begun here and lies in no file yet.
  package var isNew: Bool
  /// Who else writes into the run; nil where nobody does, as far as can be told.
  package var writer: RunHolder?
  /// What the tokens of a text can be grouped by; none where samples are none.
  package var groupings: [TokenGroups] = []
  /// Whether it is of another program, and what its gate multiplies may be taken otherwise.
  package var takesOtherGate = false
  /// A path that does not exist, to propose when trained epochs are kept.
  package var proposedRunPath: String

  /// Describes a model; the problems say why there are no samples, and why it cannot be trained.
  ///
  /// The labels are those of the samples, which are the classes of a network without an output.
  package init(
    path: String, name: String, architecture: Architecture, classNames: [String] = [],
    dataName: String? = nil, sampleShape: Shape? = nil, trainSamples: Int = 0, testSamples: Int = 0,
    recordedEpochs: [Int] = [], metrics: [EpochMetrics] = [], facts: [Fact] = [],
    initialGateBiases: [[Float]?] = [], dataProblem: String? = nil,
    trainingProblem: String? = nil, hyperparameters: Hyperparameters? = nil,
    dataPath: String? = nil, isNew: Bool = false, proposedRunPath: String = "",
    labelCount: Int? = nil
  ) {
    self.path = path
    self.name = name
    self.architecture = architecture
    blocks = architecture.blocks.byMicroSteps
    self.labelCount = labelCount
    classCount = Self.classCount(architecture, labelCount, classNames)
    gates = architecture.blocks.shownSignals
    self.classNames = classNames
    self.dataName = dataName
    self.sampleShape = sampleShape
    self.trainSamples = trainSamples
    self.testSamples = testSamples
    self.recordedEpochs = recordedEpochs
    self.metrics = metrics
    self.facts = facts
    self.initialGateBiases = architecture.blocks.byMicroSteps(initialGateBiases)
    abilities = Abilities(
      architecture, labelCount: labelCount, dataProblem: dataProblem,
      trainingProblem: trainingProblem)
    self.hyperparameters = hyperparameters
    self.dataPath = dataPath
    self.isNew = isNew
    self.proposedRunPath = proposedRunPath
  }

  /// The number of groups that statistics have: kinds of words where the network reads a text, else classes, those of
  /// the labels where the network has none; 0 of samples without labels.
  private static func classCount(
    _ architecture: Architecture, _ labelCount: Int?, _ names: [String]
  ) -> Int {
    if architecture.task.readsText { return names.count }
    return labelCount == 0 ? 0 : architecture.classes ?? labelCount ?? 0
  }

  /// Whether the network reads a text.
  package var readsText: Bool { architecture?.task.readsText ?? false }

  /// Describes gates that another program recorded; samples are named by their number and their shape.
  package init(
    recording path: String, name: String, blocks: [Block], classCount: Int,
    classNames: [String] = [], dataName: String? = nil, sampleShape: Shape? = nil, samples: Int,
    recordedEpochs: [Int], metrics: [EpochMetrics] = [], facts: [Fact] = [],
    hasGateBiases: Bool = false
  ) {
    self.path = path
    self.name = name
    architecture = nil
    self.blocks = blocks
    labelCount = classCount
    self.classCount = classCount
    gates = blocks.measuredGates
    self.classNames = classNames
    self.dataName = dataName
    self.sampleShape = sampleShape
    trainSamples = 0
    testSamples = samples
    self.recordedEpochs = recordedEpochs
    self.metrics = metrics
    self.facts = facts
    initialGateBiases = []
    abilities = Abilities(recorded: blocks, hasClasses: classCount > 0, hasBiases: hasGateBiases)
    isNew = false
    proposedRunPath = ""
  }

  /// Whether only the gates are here, as another program recorded them.
  package var isRecording: Bool { architecture == nil }

  /// What a run of the model would say of itself; nil where only its gates are here.
  var runSummary: RunSummary? {
    guard let architecture else { return nil }
    let data = dataName.map { name in
      DataDescription(
        name: name, files: [], normalization: Normalization(), classNames: classNames,
        trainingExamples: trainSamples, testExamples: testSamples)
    }
    return RunSummary(
      path: path,
      description: RunDescription(
        architecture: architecture, data: data, hyperparameters: hyperparameters),
      metrics: metrics, recordedEpochs: [])
  }

  /// Notes what was recorded about epochs, which come in order, in place of what was known of them.
  ///
  /// Hundreds of thousands may come at once; where they are the rest of `all`, that is taken without a copy.
  mutating func note(_ measured: [EpochMetrics], of all: [EpochMetrics] = []) {
    if let first = measured.first, metrics.count + measured.count == all.count,
      all[metrics.count] == first, metrics.last == (metrics.isEmpty ? nil : all[metrics.count - 1])
    {
      metrics = all
    } else if let first = measured.first, let last = metrics.last, first.epoch <= last.epoch {
      let epochs = Set(measured.map(\.epoch))
      metrics.removeAll { epochs.contains($0.epoch) }
      metrics += measured
      metrics.sort { $0.epoch < $1.epoch }
    } else {
      metrics += measured
    }
  }

  /// The number of samples of a part of the data set.
  package func samples(_ split: SampleSplit) -> Int {
    switch split {
    case .train: max(0, trainSamples)
    case .test: max(0, testSamples)
    }
  }
}
