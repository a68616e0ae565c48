package import HighwayNetworks

/// Which samples the keys for the next and the previous one stop at.
package enum SampleFilter: String, Hashable, Sendable, CaseIterable {
  /// Every one.
  case all
  /// Those that the network takes for another class.
  case misclassified
  /// Those of the class that is chosen.
  case oneClass = "class"
  /// Those of the class that is chosen that the network takes for another.
  case both

  /// Whether only misclassified samples pass.
  var wantsErrors: Bool { self == .misclassified || self == .both }
  /// Whether only samples of one class pass.
  var wantsClass: Bool { self == .oneClass || self == .both }

  /// The samples that pass, in words such as `misclassified of class 7`.
  func words(class name: String) -> String {
    switch self {
    case .all: "all"
    case .misclassified: "misclassified"
    case .oneClass: "of class \(name)"
    case .both: "misclassified of class \(name)"
    }
  }

  /// The next one in turn.
  package var next: SampleFilter {
    switch self {
    case .all: .misclassified
    case .misclassified: .oneClass
    case .oneClass: .both
    case .both: .all
    }
  }
}

/// Of which network and samples it is asked what is classified wrongly.
package struct VerdictsRequest: Hashable, Sendable {
  /// Whose parameters.
  package var epoch: EpochID
  /// Which samples.
  package var split: SampleSplit
  /// Which gates are held.
  package var clamps: GateClamps
}

/// The true class of each sample of a split, and whether the network takes it for another.
package struct SampleVerdicts: Sendable {
  /// The true classes, in the data set's own memory; `[samples]`.
  package var labels: [Int32]
  /// Whether the class that the network gives is another; `[samples]`.
  package var isWrong: [Bool]

  /// Describes the samples of a split.
  package init(labels: [Int32], isWrong: [Bool]) {
    self.labels = labels
    self.isWrong = isWrong
  }

  /// Whether a sample passes a filter.
  func passes(_ sample: Int, _ filter: SampleFilter, class label: Int) -> Bool {
    isWrong.indices.contains(sample) && (!filter.wantsErrors || isWrong[sample])
      && (!filter.wantsClass || Int(labels[sample]) == label)
  }

  /// The numbers of the samples that pass a filter, in order.
  func passing(_ filter: SampleFilter, class label: Int) -> [Int] {
    isWrong.indices.filter { passes($0, filter, class: label) }
  }
}

/// For what the sample was last made to fit the filter; it is left alone until another is wanted.
package struct SampleQuest: Hashable, Sendable {
  var filter: SampleFilter
  /// nil where the class does not count.
  var label: Int?
  var split: SampleSplit
}

extension ExplorerState {
  /// The verdicts that belong to what is chosen.
  package var verdictsRequest: VerdictsRequest? {
    timeline.current.map {
      VerdictsRequest(epoch: $0.id, split: selection.split, clamps: clamps)
    }
  }

  /// Which samples are classified wrongly, or why that is not known.
  package var verdicts: Shown<SampleVerdicts> {
    let answer = shown(verdictsRequest.map(Question.verdicts), needing: \.verdicts, \.verdicts)
    if case .pending = answer, followsTraining {
      return .unavailable("not while the epoch is being trained")
    }
    return answer
  }

  /// The name of the class that is chosen.
  var chosenClass: String { className(selection.label) }

  /// The samples that pass the filter, in words such as `misclassified of class 7`.
  package var filterWords: String { display.sampleFilter.words(class: chosenClass) }

  /// The samples that pass the filter and where the chosen one stands among them, such as
  /// `3 of 27 misclassified`.
  package var filterStatus: String {
    if display.sampleFilter == .all {
      let count = NumberFormat.count(sampleCount)
      guard let verdicts = verdicts.value else { return "all \(count)" }
      return "all \(count), \(NumberFormat.count(verdicts.isWrong.count { $0 })) misclassified"
    }
    switch verdicts {
    case .pending: return "\(filterWords): computing…"
    case .unavailable(let reason): return "\(filterWords): \(reason)"
    case .current(let verdicts), .earlier(let verdicts, _):
      let samples = verdicts.passing(display.sampleFilter, class: selection.label)
      if samples.isEmpty { return "no sample is \(filterWords)" }
      let count = NumberFormat.count(samples.count)
      guard let place = samples.firstIndex(of: selection.sample) else {
        return "not one of the \(count) \(filterWords)"
      }
      return "\(filterWords): \(NumberFormat.count(place + 1)) of \(count)"
    }
  }

  /// Why the keys for the next and the previous sample have nowhere to go; nil where they have.
  var stepProblem: String? {
    if sampleCount == 0 { return problem(\.samples) ?? "there are no samples" }
    guard display.sampleFilter != .all else { return nil }
    switch verdicts {
    case .pending: return "the samples that are \(filterWords) are still being worked out"
    case .unavailable(let reason): return "the samples that are \(filterWords): \(reason)"
    case .current, .earlier: return nil
    }
  }

  /// What the sample is to fit now.
  var currentQuest: SampleQuest {
    SampleQuest(
      filter: display.sampleFilter,
      label: display.sampleFilter.wantsClass ? selection.label : nil, split: selection.split)
  }
}
