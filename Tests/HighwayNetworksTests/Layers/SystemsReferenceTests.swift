import Testing

@testable import HighwayNetworks

/// Networks of maps, and recurrent ones, against float64 values of an independent program, forward, backward and step by step.
@Suite struct SystemsReferenceTests {
  private static let all =
    SystemsReference.convolutional + SystemsReference.normalized + SystemsReference.recurrent
    + SystemsReference.tokens

  @Test(arguments: all)
  func everyLayerReturnsTheReferences(_ name: String) throws {
    let reference = try SystemsReference(name)
    let pass = SystemsPass(reference)
    pass.stack.forward(pass.memories)
    for layer in reference.architecture.layers.indices {
      let error = relativeError(
        pass.workspace.output(of: layer).array, expected(reference, layer))
      #expect(error < 1e-5, "layer \(layer)")
    }
    #expect(relativeError(pass.workspace.output.array, reference["logits"]) < 1e-5)
    for layer in reference.architecture.gatedLayers {
      let gated = pass.stack.gatedLayer(layer)
      let rows = pass.workspace.examples * gated.output.positionCount
      for (signal, symbol) in gated.signals.map(\.symbol).enumerated() {
        let found = values(
          gated.values(ofSignal: signal, in: pass.memories[layer]), of: gated, in: pass, layer,
          rows)
        let expected = expected(reference, layer, symbol, gated.output)
        let error = relativeError(found, expected)
        #expect(error < 1e-5, "layer \(layer), \(symbol)")
      }
    }
  }

  /// What a layer returns; a flattened map stands in the order of files in both.
  private func expected(_ reference: SystemsReference, _ layer: Int) -> [Double] {
    reference["out.\(layer)"]
  }

  /// The values of a signal: those of the micro-steps of a layer stand side by side.
  private func expected(
    _ reference: SystemsReference, _ layer: Int, _ symbol: String, _ shape: Shape
  ) -> [Double] {
    let name = "\(layer).\(symbol)"
    let parts = (0..<shape.microSteps).map { reference["block.\(layer).\($0).\(symbol)"] }
    guard !parts.isEmpty else { return reference["block." + name] + reference["layer." + name] }
    return (0..<parts[0].count / shape.features).flatMap { row in
      parts.flatMap { $0[row * shape.features..<(row + 1) * shape.features] }
    }
  }

  private func values(
    _ signal: SignalValues, of gated: any GatedLayer, in pass: SystemsPass, _ layer: Int,
    _ rows: Int
  ) -> [Float] {
    let units = gated.output.units
    switch signal {
    case .rows(let all, let stride):
      return (0..<rows).flatMap { all[$0 * stride..<$0 * stride + units].array }
    case .constant(let row): return (0..<rows).flatMap { _ in row.array }
    case .complement:
      let gate = gated.values(ofSignal: 1, in: pass.memories[layer])
      return values(gate, of: gated, in: pass, layer, rows).enumerated().map { index, gate in
        // Behind the end of a sequence the references are 0.
        let (example, step) = (index / units).quotientAndRemainder(
          dividingBy: gated.output.positionCount)
        let counts = pass.workspace.lengths.map { step < Int($0[example]) } ?? true
        return counts ? 1 - gate : 0
      }
    }
  }

  @Test(arguments: all)
  func lossAndGradientsAreTheReferences(_ name: String) throws {
    let reference = try SystemsReference(name)
    let pass = SystemsPass(reference)
    #expect(relativeError([pass.loss()], reference["loss"]) < 1e-5)
    let inputGradient = FloatBuffer(count: pass.workspace.input.count)
    let gradient = pass.gradient(inputGradient: inputGradient.all)
    // Tokens have no gradient.
    if !SystemsReference.tokens.contains(name) {
      #expect(relativeError(inputGradient.all.array, reference["grad.input"]) < 1e-4)
    }
    expectEqual(gradient, reference, "grad.")
  }

  private func expectEqual(
    _ gradient: FloatBuffer, _ reference: SystemsReference, _ prefix: String
  ) {
    let expected = reference.flat(prefix, statistics: "none.")
    var start = 0
    for tensor in ParameterLayout(reference.architecture).tensors {
      if case .running = tensor.parameter.role { continue }
      let own = Array(expected[start..<start + tensor.count])
      start += tensor.count
      // What a norm takes away again has no gradient but rounding.
      let norm = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let found = gradient[tensor.range].array
      let bound = norm > 1e-9 ? 1e-4 : 1e-6
      let error =
        norm > 1e-9
        ? relativeError(found, own)
        : Double(found.reduce(0) { $0 + $1 * $1 }.squareRoot())
      #expect(error < bound, "\(tensor.name)")
    }
    #expect(start == expected.count)
  }

  @Test(arguments: SystemsReference.texts)
  func theNextSegmentGoesOnWithTheState(_ name: String) throws {
    let reference = try SystemsReference(name)
    let pass = SystemsPass(reference)
    _ = pass.loss()
    pass.goOn(reference)
    #expect(relativeError([pass.loss()], reference["next.loss"]) < 1e-5)
    expectEqual(pass.gradient(), reference, "next.grad.")
  }

  @Test(arguments: all)
  func descentFollowsTheReference(_ name: String) throws {
    let reference = try SystemsReference(name)
    let pass = SystemsPass(reference)
    let layout = ParameterLayout(reference.architecture)
    let moments = FloatBuffer(count: layout.count)
    let descent = Descent(layout, reference.settings)
    for step in 0..<reference.steps {
      #expect(relativeError([pass.loss()], reference["sgd.\(step).loss"]) < 1e-4, "step \(step)")
      let gradient = pass.gradient().all
      let norm = descent.parts.reduce(0.0) {
        $0 + GradientNorm.squared([gradient], part: $1, count: layout.count)
      }.squareRoot()
      if let clip = reference.settings.clipNorm {
        #expect(relativeError([Float(norm)], reference["sgd.\(step).norm"]) < 1e-4)
        #expect(step > 0 || norm > Double(clip), "the gradient is clipped")
      }
      descent(
        pass.parameters.all, moments: [moments.all], gradients: [gradient],
        range: 0..<layout.count, scale: reference.settings.scale(ofNorm: norm),
        rate: reference.settings.learningRate, step: step + 1)
    }
    let expected = reference.flat("sgd.final.", statistics: "sgd.final.")
    for tensor in layout.tensors {
      let found = pass.parameters[tensor.range].array
      #expect(relativeError(found, Array(expected[tensor.range])) < 1e-4, "\(tensor.name)")
    }
  }

  @Test func codesAreTheReferences() throws {
    let reference = try SystemsReference("vae")
    let pass = SystemsPass(reference)
    pass.stack.forward(pass.memories)
    #expect(relativeError(pass.divergences, reference["latent.kl"]) < 1e-5)
    _ = pass.stack.objective.measure(pass.workspace)
    let losses = pass.workspace.losses.array
    let sums = (0..<3).map { losses[$0 * 6..<$0 * 6 + 6].reduce(0, +) }
    #expect(relativeError(sums, reference["nll"]) < 1e-5)
  }

  @Test func adamFollowsTheReference() throws {
    let reference = try SystemsReference("vae")
    let pass = SystemsPass(reference)
    let layout = ParameterLayout(reference.architecture)
    let moments = [FloatBuffer(count: layout.count).all, FloatBuffer(count: layout.count).all]
    var settings = reference.settings
    settings.optimizer = .adam()
    settings.learningRate = try #require(reference.adamRate)
    let descent = Descent(layout, settings)
    for step in 0..<reference.steps {
      #expect(relativeError([pass.loss()], reference["adam.\(step).loss"]) < 1e-4)
      descent(
        pass.parameters.all, moments: moments, gradients: [pass.gradient().all],
        range: 0..<layout.count, scale: 1, rate: settings.learningRate, step: step + 1)
    }
    var expected = reference.flat("adam.final.", statistics: "none.")
    // There the row of padding keeps what it began with.
    for index in layout.paddings.joined() { expected[index] = 0 }
    for tensor in layout.tensors {
      let found = pass.parameters[tensor.range].array
      #expect(relativeError(found, Array(expected[tensor.range])) < 1e-4, "\(tensor.name)")
    }
  }

  @Test(arguments: SystemsReference.normalized)
  func evaluationUsesTheRunningStatistics(_ name: String) throws {
    let reference = try SystemsReference(name)
    let stack = LayerStack(reference.architecture)
    let parameters = FloatBuffer(
      reference.flat("sgd.final.", statistics: "sgd.final.").map { Float($0) })
    for purpose in [Workspace.Purpose.trace, .statistics, .result] {
      let workspace = Workspace(stack, capacity: reference.labels.count, for: purpose)
      workspace.begin(examples: reference.labels.count, labels: reference.labels[...])
      workspace.input.assign(reference["input"].map { Float($0) })
      stack.forward(stack.memories(parameters.all, in: workspace))
      #expect(relativeError(workspace.output.array, reference["eval.logits"]) < 1e-5)
      _ = stack.objective.measure(workspace)
      let loss = workspace.losses.array.reduce(0, +) / Float(reference.labels.count)
      #expect(relativeError([loss], reference["eval.loss"]) < 1e-5)
    }
  }
}
