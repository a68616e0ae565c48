import HighwayNetworks

/// How well the network does, as it is shown: over the samples that are chosen, with the gates that are held.
struct ShownOutcome {
  /// Of what the numbers are, such as `test` or `held, test`.
  private let subject: String
  private let lossValue: Double
  private let accuracyValue: Double

  /// Takes what was measured for what is shown; where that is not there, says that the numbers are of the
  /// intact network and the test samples.
  init?(_ state: ExplorerState) {
    let isIntact = state.clamps.isEmpty
    let split = state.selection.split
    let metrics = state.timeline.current?.metrics
    if isIntact, split == .test, let metrics {
      (subject, lossValue, accuracyValue) = ("test", metrics.testLoss, metrics.testAccuracy)
      return
    }
    let answer = state.statisticsRequest.flatMap { state.results.answer(to: .statistics($0)) }
    if let statistics = answer?.statistics, let loss = statistics.loss,
      let accuracy = statistics.accuracy
    {
      subject = (isIntact ? "" : "held, ") + (split == .test ? "test" : "training")
      (lossValue, accuracyValue) = (loss, accuracy)
      return
    }
    guard let metrics else { return nil }
    (subject, lossValue, accuracyValue) = ("intact, test", metrics.testLoss, metrics.testAccuracy)
  }

  /// The loss alone.
  var loss: String { "\(subject) loss \(lossNumber)" }

  /// The accuracy alone.
  var accuracy: String {
    accuracyValue.isNaN ? "" : "\(subject) accuracy \(accuracyNumber)"
  }

  /// Both, the longest form first.
  var forms: [String] {
    accuracyValue.isNaN
      ? [loss] : ["accuracy", "acc."].map { "\(loss), \($0) \(accuracyNumber)" } + [loss]
  }

  private var lossNumber: String { NumberFormat.fixed(lossValue, 4) }
  private var accuracyNumber: String { NumberFormat.percent(accuracyValue, 2) }
}
