import ArgumentParser
import ExplorerUI
import HighwayNetworks
import TensorFiles

/// What a picture shows of a model.
struct PictureSubjectOptions: ParsableArguments {
  @OptionGroup var architecture: ArchitectureOption

  @OptionGroup var dataOptions: DataOptions
  var data: DataPlace? { dataOptions.place }

  @Option(help: "The samples to take: train or test; test if there are any.")
  var split: SampleSplit?

  @Option(
    parsing: .unconditional, help: "Take statistics over the first so many samples at the most.")
  var samples = 10_000

  @Option(parsing: .unconditional, help: "The recorded epoch; the last if left out.")
  var epoch: Int?

  @Option(name: .customLong("class"), help: "The class, by its number or its name.")
  var label: String?

  @Option(parsing: .unconditional, help: "The number of the sample in its split.")
  var sample = 0

  @Option(
    parsing: .unconditional, help: "The layer under the cursor, numbered as in the checkpoint.")
  var layer: Int?

  @Option(parsing: .unconditional, help: "The unit under the cursor.")
  var unit = 0

  @Option(
    help:
      "The colours of values from low to high: \(ColorMap.sequential.map(\.rawValue).joined(separator: ", "))."
  )
  var colorMap = ColorMap.viridis

  @Option(help: "Keys to press then, such as \"a\" for all classes; see tollgate help explore.")
  var keys = ""

  func validate() throws {
    if samples < 1 { throw ValidationError("--samples: expected at least 1, found \(samples)") }
    guard ColorMap.sequential.contains(colorMap) else {
      throw ValidationError("--color-map: \(colorMap.rawValue) is for deviations")
    }
  }

  /// Opens a model, shows what was chosen of it and waits until all of it is there.
  ///
  /// - Throws: ``Failure`` where something chosen does not exist or cannot be computed.
  func show(_ view: View, of paths: [String], in loop: ExplorerLoop) throws {
    let session = try open(paths[0])
    loop.handle(.opened(session))
    loop.handle(.modelOpened(session.summary()))
    var state = loop.state
    try choose(in: &state)
    state.display.view = view
    state.display.colorMap = colorMap
    loop.state = state
    // What was chosen is asked for when something happens.
    loop.handle(.terminal(.resized(state.size)))
    if paths.count > 1 { loop.handle(.comparisonAsked(paths)) }
    loop.settle()
    try loop.play(KeyScript(keys))
    loop.finish()
    if let message = loop.state.message, message.kind == .failure { throw Failure(message.text) }
  }

  /// Opens a network with its samples, or recorded gates.
  private func open(_ path: String) throws -> any ModelSession {
    if RecordingTimeline.isOne(path) { return try RecordedSession(path, sampleLimit: samples) }
    let session = Session(
      try ModelSource(
        path, architecture: try architecture.read(), choice: architecture.convention.choice),
      data: data,
      sampleLimit: samples)
    // A data set that was named has to be there; without one, some of a view can be drawn.
    if let problem = session.dataProblem {
      guard data == nil else { throw Failure(problem) }
      writeError("tollgate: \(problem); what needs samples is left out\n")
    }
    return session
  }

  private func choose(in state: inout ExplorerState) throws {
    if let split {
      guard state.problem(\.samples) != nil || (state.model?.samples(split) ?? 0) > 0 else {
        throw Failure.usage("--split: there are no \(split.rawValue) samples here")
      }
      state.selection.split = split
    }
    if let epoch {
      let numbers = state.timeline.entries.map(\.id.number)
      guard let index = numbers.firstIndex(of: epoch) else {
        let recorded = numbers.map(String.init).joined(separator: ", ")
        throw Failure.usage(
          "--epoch: expected one of the recorded epochs \(recorded), found \(epoch)")
      }
      state.timeline.move(to: index)
    }
    if let label {
      let classes = 0..<state.classCount
      let named = classes.first { state.className($0) == label }
      guard let found = named ?? Int(label), classes.contains(found) else {
        throw Failure.usage(
          "--class: expected a name or a number below \(classes.count), found \(label.excerpt)")
      }
      state.selection.label = found
    }
    let count = state.sampleCount
    guard sample == 0 || (0..<count).contains(sample) else {
      throw Failure.usage("--sample: expected a number below \(count), found \(sample)")
    }
    state.selection.sample = sample
    if let layer {
      guard let index = state.gatedLayers.firstIndex(of: layer) else {
        let range = state.gatedLayers.first.map { "\($0) to \(state.gatedLayers.last ?? $0)" }
        throw Failure.usage("--layer: expected \(range ?? "a network with one"), found \(layer)")
      }
      state.selection.block = index
    }
    let units = state.units(at: state.selection.block)
    guard unit == 0 || (0..<units).contains(unit) else {
      throw Failure.usage("--unit: expected a number below \(units), found \(unit)")
    }
    state.selection.unit = unit
  }
}
