import ArgumentParser

/// A choice of epochs, written as `0-5,10,20`.
enum EpochList: ExpressibleByArgument {
  case all
  case ranges([ClosedRange<Int>])

  init?(argument: String) {
    if argument == "all" {
      self = .all
      return
    }
    var ranges: [ClosedRange<Int>] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
        first >= 0, first <= last
      else { return nil }
      ranges.append(first...last)
    }
    self = .ranges(ranges)
  }

  var defaultValueDescription: String { "all" }

  func contains(_ epoch: Int) -> Bool {
    switch self {
    case .all: true
    case .ranges(let ranges): ranges.contains { $0.contains(epoch) }
    }
  }
}
