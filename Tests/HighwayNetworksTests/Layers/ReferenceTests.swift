import Testing

@testable import HighwayNetworks

/// The forward and backward passes against float64 values of an independent program.
@Suite struct ReferenceTests {
  /// A pass over a reference's batch.
  struct Pass {
    let stack: LayerStack
    let parameters: FloatBuffer
    let workspace: Workspace

    init(_ reference: Reference) {
      stack = LayerStack(reference.architecture)
      parameters = FloatBuffer(count: stack.parameterCount)
      parameters.all.assign(reference.flat("param.").map(Float.init))
      workspace = Workspace(stack, capacity: reference.labels.count + 2, forTraining: true)
      workspace.begin(labels: reference.labels[...])
      workspace.input.assign(reference["input"].map(Float.init))
    }
  }

  @Test(arguments: Reference.names)
  func logitsAreTheReferences(_ name: String) throws {
    let reference = try Reference(name)
    let pass = Pass(reference)
    pass.stack.computeLogits(pass.parameters.all, in: pass.workspace)
    #expect(relativeError(pass.workspace.probabilities.array, reference["logits"]) < 1e-5)
  }

  @Test(arguments: Reference.names)
  func blocksAreTheReferences(_ name: String) throws {
    let reference = try Reference(name)
    let pass = Pass(reference)
    _ = pass.stack.forward(pass.parameters.all, in: pass.workspace)
    for index in reference.architecture.gatedLayers {
      let layer = try #require(pass.stack.layers[index] as? HighwayLayer)
      let (cache, output) = (pass.workspace.cache(of: index), pass.workspace.output(of: index))
      let (width, units) = (layer.cachePerExample, layer.units)
      let blocks = reference.labels.indices.map { row in
        let gates = GateValues(
          layer, cache: cache[row * width..<(row + 1) * width], examples: 1)
        var values: [Float] = []
        gates.append(to: &values)
        output[row * units..<(row + 1) * units].append(to: &values)
        return SampleTrace.Layer(
          index, units: units, isCoupled: gates.isCoupled, of: values, from: 0)
      }
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
    _ = pass.stack.forward(pass.parameters.all, in: pass.workspace)
    let losses = pass.workspace.losses.array
    let loss = losses.reduce(0, +) / Float(losses.count)
    #expect(relativeError([loss], reference["loss"]) < 1e-5)
    let gradient = FloatBuffer(count: pass.stack.parameterCount)
    let inputGradient = FloatBuffer(count: pass.workspace.input.count)
    pass.stack.backward(
      pass.parameters.all, in: pass.workspace, scale: 1 / Float(losses.count),
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
      _ = pass.stack.forward(pass.parameters.all, in: pass.workspace)
      let loss = pass.workspace.losses.array.reduce(0, +) / examples
      #expect(relativeError([loss], reference["sgd.\(step).loss"]) < 1e-4, "step \(step)")
      pass.stack.backward(
        pass.parameters.all, in: pass.workspace, scale: 1 / examples,
        parameterGradient: gradient.all)
      descend(
        parameters: pass.parameters.all, moments: moments.all, gradients: [gradient.all],
        range: 0..<count, learningRate: reference.sgd.learningRate,
        hyperparameters: reference.sgd)
    }
    #expect(relativeError(pass.parameters.all.array, reference.flat("sgd.final.")) < 1e-4)
  }
}
