package import HighwayNetworks

/// The epochs that can be looked at, and the one that is.
package struct Timeline: Sendable {
  /// One epoch.
  package struct Entry: Sendable {
    /// Which epoch.
    package var id: EpochID
    /// What was recorded about it; nil while it trains and where nothing was.
    package var metrics: EpochMetrics?
    /// Whether its parameters lie in a file.
    package var isSaved: Bool
    /// Whether it has been trained to its end.
    package var isComplete: Bool
  }

  /// The epochs from first to last.
  package private(set) var entries: [Entry] = []
  /// The index of the epoch that is looked at.
  package private(set) var cursor = 0
  /// The branch that is trained; each time training begins anew from an earlier epoch, another one.
  package private(set) var branch = 0
  /// How many times training began anew from an epoch that was not the last.
  private var branches = 0

  /// What the timeline was before training began anew.
  private struct Past: Sendable {
    var entries: [Entry]
    var branch: Int
    var metrics: [EpochMetrics]
  }

  /// What is put back where no epoch comes of the new branch.
  private var past: Past?

  /// Creates a timeline without epochs.
  package init() {}

  /// Creates the timeline of a model that was opened; it stands at the last epoch.
  package init(recorded epochs: [Int], metrics: [EpochMetrics]) {
    let byEpoch = Dictionary(metrics.map { ($0.epoch, $0) }) { _, last in last }
    entries = Set(epochs).sorted().map {
      Entry(id: .recorded($0), metrics: byEpoch[$0], isSaved: true, isComplete: true)
    }
    cursor = max(0, entries.count - 1)
  }

  /// The epoch that is looked at.
  package var current: Entry? { entries.indices.contains(cursor) ? entries[cursor] : nil }

  /// Whether the last epoch is looked at: new ones are then followed.
  package var isAtEnd: Bool { cursor >= entries.count - 1 }

  /// The number of epochs that would be lost, complete or not.
  package var unsavedCount: Int { entries.count { !$0.isSaved } }

  /// The epoch that training goes on from: the last complete one up to the one that is looked at.
  package var trainingStart: EpochID? {
    entries.prefix(cursor + 1).last { $0.isComplete }?.id
  }

  /// The epochs that training from ``trainingStart`` replaces; those that were stopped before their end
  /// only count where others do.
  package var replaced: ArraySlice<Entry> {
    guard let start = entries.firstIndex(where: { $0.id == trainingStart }) else { return [] }
    let later = entries[(start + 1)...]
    return later.contains { $0.isComplete } ? later : []
  }

  /// Sets the epochs aside that training from an earlier one replaces.
  ///
  /// They are forgotten with the first epoch that comes of it. `metrics` are the run's, which ``putBack()``
  /// returns.
  package mutating func beginBranch(metrics: [EpochMetrics] = []) {
    guard !replaced.isEmpty else { return }
    if past == nil { past = Past(entries: entries, branch: branch, metrics: metrics) }
    entries.removeSubrange(replaced.indices)
    cursor = max(0, entries.count - 1)
    branches += 1
    branch = branches
  }

  /// Puts back what was set aside, where no epoch came of the new branch.
  ///
  /// - Returns: The run's metrics from before, or nil where nothing was set aside.
  package mutating func putBack() -> [EpochMetrics]? {
    guard let past else { return nil }
    let shown = current?.id
    (entries, branch, self.past) = (past.entries, past.branch, nil)
    cursor = entries.firstIndex { $0.id == shown } ?? max(0, entries.count - 1)
    return past.metrics
  }

  /// The number of epochs that could be written to files.
  package var keepableCount: Int { entries.count { !$0.isSaved && $0.isComplete } }

  /// Looks at another epoch; beyond the ends, at the first or the last.
  package mutating func move(to index: Int) {
    cursor = min(max(0, index), max(0, entries.count - 1))
  }

  /// Notes that an epoch is being trained and has come to a step.
  package mutating func trained(_ number: Int, step: Int) {
    note(
      Entry(
        id: .live(number, branch: branch, step: step), metrics: nil, isSaved: false,
        isComplete: false))
  }

  /// Notes that an epoch was trained to its end.
  package mutating func trained(_ metrics: EpochMetrics) {
    past = nil
    note(
      Entry(
        id: .live(metrics.epoch, branch: branch), metrics: metrics, isSaved: false,
        isComplete: true))
  }

  /// Puts an epoch that was trained here in the place of itself as it was before, or at the end.
  private mutating func note(_ entry: Entry) {
    if let last = entries.indices.last, !entries[last].isComplete,
      entries[last].id.number == entry.id.number
    {
      entries[last] = entry
      return
    }
    let follows = isAtEnd
    entries.append(entry)
    if follows { cursor = entries.count - 1 }
  }

  /// Notes that another program recorded epochs; they stand before those that were trained here.
  package mutating func recorded(_ epochs: [(epoch: Int, metrics: EpochMetrics?)]) {
    guard !epochs.isEmpty else { return }
    let (follows, shown, last) = (isAtEnd, current?.id, entries.last?.id)
    let ownStart = entries.firstIndex { $0.id.isLive } ?? entries.count
    var recorded = Dictionary(
      entries[..<ownStart].map { ($0.id.number, $0) }, uniquingKeysWith: { $1 })
    for (epoch, metrics) in epochs {
      let known = recorded[epoch]?.metrics
      recorded[epoch] = Entry(
        id: .recorded(epoch), metrics: metrics ?? known, isSaved: true, isComplete: true)
    }
    entries.replaceSubrange(
      ..<ownStart, with: recorded.values.sorted { $0.id.number < $1.id.number })
    if follows, entries.last?.id != last {
      cursor = entries.count - 1
    } else if let shown, let place = entries.firstIndex(where: { $0.id == shown }) {
      cursor = place
    }
  }

  /// Whether an epoch was trained here and another program recorded one of the same number.
  package func hasNamesake(_ id: EpochID) -> Bool {
    id.isLive && entries.contains { $0.id == .recorded(id.number) }
  }

  /// Notes that training epochs were written to files.
  package mutating func kept(_ numbers: [Int]) {
    let numbers = Set(numbers)
    for index in entries.indices where numbers.contains(entries[index].id.number) {
      entries[index].isSaved = true
    }
  }

  /// Forgets an epoch that was stopped before its end.
  package mutating func dropIncomplete() {
    let shown = current?.id
    entries.removeAll { !$0.isComplete }
    let place = entries.firstIndex { $0.id == shown }
    cursor = place ?? max(0, entries.count - 1)
  }
}
