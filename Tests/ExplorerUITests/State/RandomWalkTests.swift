import ExplorerUI
import Foundation
import Testing

@testable import HighwayNetworks

/// Keys, clicks and resizes in any order, while training and scrubbing, answers coming late, out of order or as
/// failures: the state stays consistent.
@Suite struct RandomWalkTests {
  /// How many events a walk has; TOLLGATE_EVENTS makes it longer.
  private static let events =
    ProcessInfo.processInfo.environment["TOLLGATE_EVENTS"].flatMap { Int($0) } ?? 4_000

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func anyOrderOfEventsLeavesAConsistentState(seed: UInt64) {
    var walk = RandomWalk(seed: seed)
    for number in 0..<Self.events {
      let action = walk.step()
      if let problem = walk.problem {
        Issue.record("event \(number) of seed \(seed), \(action): \(problem)")
        return
      }
      // Every frame would take most of the time.
      if number.isMultiple(of: 97) { #expect(walk.state.screen.glyphs.count == walk.area) }
    }
  }
}

/// A person who presses anything, and work behind the screen that answers when it likes.
private struct RandomWalk {
  private let network = SyntheticNetwork(layers: 5, units: 6, classes: 3)
  private let statistics: GateStatistics
  private(set) var state: ExplorerState
  private var random: RandomSource
  /// What was asked for and not answered yet.
  private var open: [Effect] = []
  /// The epoch that trains and its steps done; nil while nothing trains.
  private var training: (epoch: Int, step: Int, length: TrainingLength, isPausing: Bool)?

  init(seed: UInt64) {
    random = RandomSource(seed: seed)
    statistics = network.statistics()
    state = ExplorerState.ready(network, epochs: 6)
  }

  var area: Int { state.size.width * state.size.height }

  private static let keys: [Key] =
    Command.table.flatMap(\.keys)
    + [.up, .down, .left, .right, .enter, .escape, .tab, .backTab, .backspace, .delete]
    + "0123456789:/abcxyz .-é漢\u{202E}".map { .character($0) }

  /// Does one thing and returns what it was.
  mutating func step() -> String {
    let action = nextAction()
    for effect in update(&state, with: action) {
      switch effect {
      case .trainEpochs(let length, let start, _):
        training = (start.number + 1, 0, length, false)
      case .pauseTraining: training?.isPausing = true
      default: open.append(effect)
      }
    }
    // Nobody waits for ever.
    if open.count > 40 { open.removeFirst(20) }
    return String(String(describing: action).prefix(200))
  }

  private mutating func nextAction() -> Action {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<50: return .terminal(.key(Self.keys.randomElement(using: &random) ?? .up))
    case ..<65:
      let kinds = [MouseEvent.Kind.press, .drag, .release, .scrollUp, .scrollDown]
      let point = Point(
        x: Int.random(in: -1...state.size.width, using: &random),
        y: Int.random(in: -1...state.size.height, using: &random))
      return .terminal(
        .mouse(MouseEvent(kinds.randomElement(using: &random) ?? .press, at: point)))
    case ..<68:
      let isLarge = Bool.random(using: &random)
      return .terminal(
        .resized(
          Size(
            width: Int.random(in: isLarge ? 60...220 : 1...80, using: &random),
            height: Int.random(in: isLarge ? 16...70 : 1...24, using: &random))))
    case ..<75: return train() ?? .terminal(.key(.character(" ")))
    default: return answer() ?? .terminal(.key(.character("<")))
    }
  }

  /// What training says next.
  private mutating func train() -> Action? {
    guard let now = training else { return nil }
    if now.isPausing {
      training = nil
      return .trainingStopped(
        Bool.random(using: &random) ? .paused : .failed("the disk is full"))
    }
    if now.step < 4 {
      training?.step += 1
      return .trainingProgressed(
        TrainingProgress(
          epoch: now.epoch, step: now.step + 1, steps: 4,
          loss: Int.random(in: 0..<50, using: &random) == 0 ? .nan : 0.3, samplesPerSecond: 9000))
    }
    if now.step == 4 {
      training?.step += 1
      return network.picture(now.epoch, for: state)
    }
    if now.step == 5 {
      training?.step += 1
      return .epochTrained(network.metrics(now.epoch))
    }
    if now.length == .continuous {
      training = (now.epoch + 1, 1, now.length, false)
      return .trainingProgressed(
        TrainingProgress(epoch: now.epoch + 1, step: 1, steps: 4, loss: 0.3, samplesPerSecond: 9000)
      )
    }
    training = nil
    return .trainingStopped(.finished)
  }

  /// An answer to something that was asked for, right, wrong or late.
  private mutating func answer() -> Action? {
    guard !open.isEmpty else { return nil }
    let effect = open.remove(at: Int.random(in: open.indices, using: &random))
    let fails = Int.random(in: 0..<8, using: &random) == 0
    switch effect {
    case .wanted(let questions):
      guard let question = questions.randomElement(using: &random) else { return nil }
      if Int.random(in: 0..<8, using: &random) == 0 {
        return .progressed(question, Double.random(in: -1...2, using: &random))
      }
      if case .runGates = question {
        return .answered(question, .success(.runGates(SyntheticRuns.gates(layers: 3))))
      }
      guard !fails, let answer = network.answer(to: question) else {
        return .failed(question, "gone \u{1B}[31m")
      }
      return .answered(question, .success(answer))
    case .checkData(let path):
      let data = RunData(
        path: path.isEmpty ? "data" : path, name: "MNIST",
        input: .image(channels: 1, height: 28, width: 28), classes: 3, trainSamples: 400,
        testSamples: 100)
      return .dataChecked(path: path, fails ? .failed("no such file") : .found(data))
    case .beginRun(let settings):
      guard !fails else { return .runRefused(message: "no memory") }
      training = nil
      var summary = network.summary(epochs: 0)
      summary.path = ""
      summary.isNew = true
      return .runBegun(summary, upTo: settings.epochs)
    case .keepRun(let path, let confirmed):
      return confirmed
        ? .runKept(path: path, epochs: [7], nextProposal: path + "-2")
        : .keepNeedsConfirmation(path: path, question: "add to \(path)?")
    case .findRuns: return .runsFound(SyntheticRuns.summaries.map(\.path), left: 0)
    case .readRun(let path):
      let found = SyntheticRuns.summaries.first { $0.path == path }
      return found.map { .runRead(path, $0) } ?? .runFailed(path, message: "gone")
    case .openModel, .openData, .flipGate:
      guard !fails else { return .modelFailed(message: "no such file") }
      training = nil
      return .modelOpened(network.summary(epochs: 6))
    case .listModels: return .modelsListed([], preferred: nil)
    case .findTour:
      return .tourFound(TourModels(path: network.summary().path, compared: ["runs/a", "runs/b"]))
    case .listPaths(let directory):
      return .pathsListed(.init(directory: directory, names: ["a/", "b"]))
    case .export(let path, let options, _):
      return .exportNeedsConfirmation(path: path, options)
    case .quit, .suspend, .repaint, .watch, .forgetRun, .trainEpochs, .pauseTraining, .turnToParked,
      .recover, .discardLeftover:
      return .terminal(.resumed)
    }
  }

  /// What is wrong with the state; nil where all is well.
  var problem: String? {
    let selection = state.selection
    let entries = state.timeline.entries
    if !(0..<5).contains(selection.block) { return "layer \(selection.block)" }
    if !(0..<6).contains(selection.unit) { return "unit \(selection.unit)" }
    if !(0..<3).contains(selection.label) { return "class \(selection.label)" }
    if selection.sample < 0 || selection.sample >= max(1, state.sampleCount) {
      return "sample \(selection.sample)"
    }
    if !entries.indices.contains(state.timeline.cursor) { return "epoch \(state.timeline.cursor)" }
    let numbers = entries.map(\.id.number)
    if zip(numbers, numbers.dropFirst()).contains(where: { $0 >= $1 }) {
      return "epochs \(numbers)"
    }
    let thresholds = state.display.thresholds
    if !(0...1).contains(thresholds.low) || !(0...1).contains(thresholds.high)
      || thresholds.low > thresholds.high
    {
      return "thresholds \(thresholds)"
    }
    if !state.clamps.entries.allSatisfy({ (0...1).contains($0.value) }) { return "clamps" }
    if state.comparison.entries.count > Comparison.most {
      return "\(state.comparison.entries.count) runs"
    }
    if training == nil, state.training.isActive {
      return "training goes on where none was asked for"
    }
    if case .prompt(let prompt) = state.mode, !(0...prompt.text.count).contains(prompt.position) {
      return "prompt"
    }
    return nil
  }
}
