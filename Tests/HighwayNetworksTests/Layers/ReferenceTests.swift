import Testing

@testable import HighwayNetworks

/// The forward and backward passes against float64 values of an independent program.
@Suite struct ReferenceTests {
  /// A pass over a reference's batch.
  struct Pass {
    let stack: LayerStack
    let parameters: FloatBuffer
    let workspace: Workspace

    let memories: [LayerMemory]

    init(_ reference: Reference) {
      stack = LayerStack(reference.architecture)
      parameters = FloatBuffer(reference.flat("param.").map(Float.init))
      workspace = Workspace(stack, capacity: reference.labels.count + 2, for: .training)
      workspace.begin(examples: reference.labels.count, labels: reference.labels[...])
      workspace.input.assign(reference["input"].map(Float.init))
      memories = stack.memories(parameters.all, in: workspace)
    }

    func forward() {
      stack.forward(memories)
      _ = stack.objective.measure(workspace)
    }
  }

  @Test(arguments: Reference.names)
  func logitsAreTheReferences(_ name: String) throws {
    let reference = try Reference(name)
    let pass = Pass(reference)
    pass.stack.forward(pass.memories)
    #expect(relativeError(pass.workspace.output.array, reference["logits"]) < 1e-5)
  }

  @Test(arguments: Reference.names)
  func blocksAreTheReferences(_ name: String) throws {
    let reference = try Reference(name)
    let pass = Pass(reference)
    let inference = Inference(
      Network(reference.architecture, parameters: pass.parameters.all.array))
    let width = pass.stack.input.count
    let traces = reference.labels.indices.map { row in
      inference.trace(pass.workspace.input[row * width..<(row + 1) * width].array)
    }
    for (position, index) in reference.architecture.gatedLayers.enumerated() {
      let blocks = traces.map { $0.layers[position] }
      let values: [(String, [Float])] = [
        ("H", blocks.flatMap(\.blockState)), ("T", blocks.flatMap(\.transformGate)),
        ("C", blocks.flatMap(\.carryGate)), ("y", blocks.flatMap(\.blockOutput)),
      ]
      for (part, computed) in values {
        #expect(
          relativeError(computed, reference["block.\(index).\(part)"]) < 1e-5,
          "layer \(index), \(part)")
      }
    }
  }

  @Test(arguments: Reference.names)
  func lossAndGradientsAreTheReferences(_ name: String) throws {
    let reference = try Reference(name)
    let pass = Pass(reference)
    pass.forward()
    let losses = pass.workspace.losses.array
    let loss = losses.reduce(0, +) / Float(losses.count)
    #expect(relativeError([loss], reference["loss"]) < 1e-5)
    let gradient = FloatBuffer(count: pass.stack.parameterCount)
    let inputGradient = FloatBuffer(count: pass.workspace.input.count)
    pass.stack.backward(
      pass.memories, in: pass.workspace, scale: 1 / Float(losses.count),
      parameterGradient: gradient.all, inputGradient: inputGradient.all)
    #expect(relativeError(inputGradient.all.array, reference["grad.input"]) < 1e-4)
    for tensor in ParameterLayout(reference.architecture).tensors {
      #expect(
        relativeError(gradient[tensor.range].array, reference["grad." + tensor.name]) < 1e-4,
        "\(tensor.name)")
    }
  }

  @Test(arguments: Reference.names)
  func descentFollowsTheReference(_ name: String) throws {
    let reference = try Reference(name)
    let pass = Pass(reference)
    let count = pass.stack.parameterCount
    let gradient = FloatBuffer(count: count)
    let moments = FloatBuffer(count: count)
    let examples = Float(reference.labels.count)
    for step in 0..<reference.sgdSteps {
      pass.forward()
      let loss = pass.workspace.losses.array.reduce(0, +) / examples
      #expect(relativeError([loss], reference["sgd.\(step).loss"]) < 1e-4, "step \(step)")
      pass.stack.backward(
        pass.memories, in: pass.workspace, scale: 1 / examples,
        parameterGradient: gradient.all)
      reference.sgd.makeOptimizer().descend(
        pass.parameters.all, moments: [moments.all], gradients: [gradient.all], range: 0..<count,
        scale: 1, rate: reference.sgd.learningRate, step: step + 1)
    }
    #expect(relativeError(pass.parameters.all.array, reference.flat("sgd.final.")) < 1e-4)
  }
}
