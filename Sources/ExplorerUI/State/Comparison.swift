package import HighwayNetworks

/// Several runs side by side.
package struct Comparison: Sendable {
  /// The greatest number of runs.
  package static let most = 8

  /// What the curves show.
  package enum Measure: Hashable, Sendable, CaseIterable {
    /// The mean loss over the training samples, in nats.
    case trainLoss
    /// The mean loss over the test samples, in nats.
    case testLoss
    /// The fraction of training samples classified rightly.
    case trainAccuracy
    /// The fraction of test samples classified rightly.
    case testAccuracy
  }

  /// What the curves are drawn over.
  package enum Axis: Hashable, Sendable {
    /// The number of times through the data.
    case epochs
    /// The time that training took, in seconds.
    case seconds
  }

  /// Which cells are counted by depth.
  package enum CellMeasure: Hashable, Sendable, CaseIterable {
    /// Cells with T > 0.5.
    case open
    /// Cells with T below the low threshold.
    case carried
    /// Cells between the thresholds.
    case mixed
    /// Cells with T above the high threshold.
    case transformed
  }

  /// One of the pictures below the table; small screens show one at a time.
  package enum Panel: Int, Hashable, Sendable, ViewPanel {
    /// Loss or accuracy by epoch.
    case curves
    /// The mean of T as a heatmap for each run.
    case heatmaps
    /// The share of cells by relative depth.
    case cells
  }

  /// One run.
  package struct Entry: Sendable {
    /// Where the run is; empty for the network that was begun here and is not kept.
    package let path: String
    /// What to call it; nil for the last part of its path.
    var name: String?
    /// Its number, from 0, which gives it a colour and a mark for as long as it is compared.
    package internal(set) var number = 0
    /// What its small files say, once they have been read.
    package internal(set) var summary: RunSummary?
    /// Why it cannot be read.
    package internal(set) var problem: String?
    /// What its gates did, as of ``gatesRequest``.
    package internal(set) var gates: RunGates?
    /// Which gates were asked for last; they are there or cannot be had.
    package internal(set) var gatesRequest: RunGatesRequest?
    /// Why there are none.
    package internal(set) var gatesProblem: String?
    /// Epochs that are trained here, on top of those in the run.
    var live: [EpochMetrics]?
    /// How far the epoch has come that is trained here; nil between epochs.
    var progress: TrainingProgress?

    /// A run, with what is known of it already.
    package init(
      path: String, name: String? = nil, summary: RunSummary? = nil, problem: String? = nil
    ) {
      self.path = path
      self.name = name
      self.summary = summary
      self.problem = problem
    }

    /// The name of the data set that it was trained on; nil while that is not read.
    var dataName: String? { summary.map { $0.description.data?.name ?? "unnamed data" } }

    /// What was measured, epoch by epoch.
    package var metrics: [EpochMetrics] { live ?? summary?.metrics ?? [] }
  }

  /// The runs, in the order of the table.
  package internal(set) var entries: [Entry] = []
  /// The index of the run that the keys act on.
  package internal(set) var cursor = 0
  /// The epoch that the table shows; nil for each run's last.
  package internal(set) var epoch: Int?
  /// What the curves show.
  package internal(set) var measure = Measure.trainLoss
  /// What the curves are drawn over.
  package internal(set) var axis = Axis.epochs
  /// Whether losses are drawn on a logarithmic axis.
  package internal(set) var isLogarithmic = true
  /// Which cells are counted.
  package internal(set) var cellMeasure = CellMeasure.open
  /// Whether runs on other data sets than that of the run at hand are drawn as well.
  package var showsAll = false
  /// The picture that the keys act on.
  package internal(set) var panel = Panel.curves
  /// Whether runs were looked for or named.
  package internal(set) var isOpen = false
  /// The gates that are being computed: one run's at a time.
  package internal(set) var pendingGates: RunGatesRequest?

  /// Creates a comparison of runs that are known already, or of none.
  package init(_ entries: [Entry] = []) {
    for entry in entries { add(entry) }
  }

  /// Adds a run and gives it the first number that is free.
  mutating func add(_ entry: Entry) {
    let taken = Set(entries.map(\.number))
    var entry = entry
    entry.number = (0...entries.count).first { !taken.contains($0) } ?? entries.count
    entries.append(entry)
  }

  /// The run under the cursor.
  package var current: Entry? { entries.indices.contains(cursor) ? entries[cursor] : nil }

  /// What to call each run: the last part of its path, or all of it where others end alike.
  package var names: [String] {
    let short = entries.map { entry in
      entry.name ?? entry.path.split(separator: "/").last.map(String.init) ?? entry.path
    }
    return entries.indices.map { index in
      short.count { $0 == short[index] } > 1 ? entries[index].path : short[index]
    }
  }

  /// Where an epoch lies on the axis of the curves, for one run.
  package func position(_ index: Int, epoch: Int) -> Double {
    switch axis {
    case .epochs: Double(epoch)
    case .seconds: entries[index].metrics.prefix { $0.epoch <= epoch }.map { $0 }.totalSeconds
    }
  }

  /// Where the marker of the curves stands; nil where the table shows each run's last epoch.
  package var marker: Double? {
    guard let epoch, entries.indices.contains(cursor) else { return nil }
    return position(cursor, epoch: epoch)
  }

  /// What the table shows of a run: its last epoch up to the marker.
  package func shown(_ index: Int) -> EpochMetrics? {
    let metrics = entries[index].metrics
    guard let marker else { return metrics.last }
    switch axis {
    case .epochs: return metrics.last { Double($0.epoch) <= marker }
    case .seconds:
      var elapsed = 0.0
      var found: EpochMetrics?
      for epoch in metrics {
        elapsed += epoch.seconds.isFinite ? epoch.seconds : 0
        // Sums of the same times in the same order are equal.
        if elapsed > marker { break }
        found = epoch
      }
      return found
    }
  }

  /// The indices of the runs that are drawn: those on the data set of the run at hand, or all.
  package var drawn: [Int] {
    guard !showsAll, let name = current?.dataName else { return Array(entries.indices) }
    return entries.indices.filter { (entries[$0].dataName ?? name) == name }
  }

  /// What is drawn, where runs on other data sets are left out, such as `MNIST only`.
  package var selectionWords: String? {
    guard drawn.count < entries.count, let name = current?.dataName else { return nil }
    return name + " only"
  }

  /// Lets runs on one data set stand together, in the order in which the sets come first.
  mutating func group() {
    var names: [String] = []
    for name in entries.compactMap(\.dataName) where !names.contains(name) { names.append(name) }
    func rank(_ entry: Entry) -> Int {
      entry.dataName.flatMap { names.firstIndex(of: $0) } ?? names.count
    }
    let path = current?.path
    entries = entries.enumerated()
      .sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
    cursor = entries.firstIndex { $0.path == path } ?? cursor
  }

  /// The names of the data sets, where the runs that are drawn were not all trained on the same samples.
  package var differingData: [String] {
    let summaries = drawn.compactMap { entries[$0].summary }
    guard let first = summaries.first, !summaries.allSatisfy({ $0.sharesData(with: first) }) else {
      return []
    }
    var names: [String] = []
    for summary in summaries {
      let name = summary.description.data.map(Self.dataName) ?? "unnamed data"
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// A data set's name with its size, which tells subsets apart.
  static func dataName(_ data: DataDescription) -> String {
    data.trainingExamples > 0
      ? "\(data.name) \(NumberFormat.count(data.trainingExamples))" : data.name
  }
}

extension RunSummary {
  /// The gating in a word for tables: `mixed` where layers differ, `frozen 0.5` with its constant.
  package var gatingName: String {
    switch gating {
    case .frozen(let p): "frozen \(NumberFormat.compact(p))"
    case .some(let gating): gating.name
    case nil: "mixed"
    }
  }

  /// Why there is no mean of T to draw, in words; nil where transform gates are learned.
  package var withoutGates: String? {
    guard !learnsTransformGates else { return nil }
    return switch gating {
    case .plain: "no gates: T\u{A0}=\u{A0}1, C\u{A0}=\u{A0}0"
    case .residual: "no gates: T\u{A0}=\u{A0}C\u{A0}=\u{A0}1"
    case .frozen(let p):
      "no learned gates: T = \(NumberFormat.compact(p)), C = \(NumberFormat.compact(1 - p))"
    case .carryOnly: "no transform gate: T = 1, C is learned"
    case .coupled, .full, .transformOnly, nil: "no learned transform gates"
    }
  }
}
