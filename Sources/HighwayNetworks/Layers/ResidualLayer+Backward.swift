extension ResidualLayer {
  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    precondition(held == nil, "held gates are not trained")
    // Where a network begins with a residual block, nobody needs its input's gradient.
    let inputGradient = inputGradient ?? FloatBuffer(count: memory.input.count).all
    let sums = sumBackward(memory, gradient, inputGradient, parameterGradient)
    if !spec.sharesActivation {
      shortcutBackward(
        sums.shortcut, memory, into: inputGradient, adding: false, parameterGradient)
    }
    if isPre {
      preBackward(sums, memory, inputGradient, parameterGradient)
    } else {
      postBackward(memory, inputGradient, parameterGradient)
    }
    if let gateMap {
      gateMap.backward(
        weightGradient: parameterGradient[gateWeights], inputGradient: inputGradient,
        weights: memory.parameters[gateWeights], input: memory.input,
        gradient: slice(gates, memory), examples: memory.examples, adding: true
      ) { _ in }
    }
  }

  /// The gradients of H and of s.
  ///
  /// In the order `post` that of H has gone through the last norm and stands in place of the last
  /// convolution's output.
  private func sumBackward(
    _ memory: LayerMemory, _ gradient: FloatSlice, _ inputGradient: FloatSlice,
    _ parameterGradient: FloatSlice
  ) -> (branch: FloatSlice, shortcut: FloatSlice) {
    let last = stages[stages.count - 1]
    let convolved = slice(last.convolved, memory)
    func throughNorm(_ gradient: FloatSlice, _ activation: Activation) {
      guard !isPre else { return }
      last.norm.backward(
        gradient, output: memory.output, activation: activation, input: convolved, memory,
        kept: kept(last.kept, memory), parameterGradient: parameterGradient, into: convolved)
    }
    if isPlainSum {
      // After the activation the gradients of both are the same.
      throughNorm(gradient, spec.function)
      return (gradient, gradient)
    }
    if !isPre {
      activateBackward(
        gradient, outputs: memory.output, biasGradient: nil, features: spec.channels,
        activation: spec.function)
    }
    let biasGradient = parameterGradient[gateBiases]
    biasGradient.fill(0)
    let branch = slice(branch, memory)
    let isDirect = spec.shortcut == .identity && !spec.sharesActivation
    let values =
      spec.shortcut == .identity ? shortcutSource(memory) : slice(shortcut, memory)
    let shortcutGradient = isDirect ? inputGradient : slice(shortcut, memory)
    sum.backward(
      gradient, branch: branch, gates: slice(gates, memory), shortcut: values,
      shortcutGradient: shortcutGradient, biasGradient: biasGradient)
    throughNorm(branch, .linear)
    return (branch, shortcutGradient)
  }

  /// The gradient of what the shortcut was made of, from that of s.
  private func shortcutBackward(
    _ gradient: FloatSlice, _ memory: LayerMemory, into target: FloatSlice, adding: Bool,
    _ parameterGradient: FloatSlice
  ) {
    if let padding {
      if !adding { target.fill(0) }
      padding.backward(gradient, adding: target, examples: memory.examples)
      return
    }
    guard let projection else {
      if adding {
        add(gradient, to: target)
      } else if !gradient.isSamePlace(as: target) {
        target.assign(gradient)
      }
      return
    }
    var convolved = gradient
    if let norm = projection.norm {
      convolved = slice(projection.convolved, memory)
      norm.backward(
        gradient, output: gradient, input: convolved, memory,
        kept: kept(projection.kept, memory), parameterGradient: parameterGradient,
        into: convolved)
    }
    projection.map.backward(
      weightGradient: parameterGradient[projection.weights], inputGradient: target,
      weights: memory.parameters[projection.weights], input: shortcutSource(memory),
      gradient: convolved, examples: memory.examples, adding: adding
    ) { _ in }
  }

  private func postBackward(
    _ memory: LayerMemory, _ inputGradient: FloatSlice, _ parameterGradient: FloatSlice
  ) {
    for index in stages.indices.reversed() {
      let stage = stages[index]
      let convolved = slice(stage.convolved, memory)
      guard index > 0 else {
        convolutionBackward(
          stage, memory, input: memory.input, gradient: convolved, into: inputGradient,
          adding: true, parameterGradient)
        return
      }
      let before = stages[index - 1]
      let values = slice(before.normalized, memory)
      let own = slice(scratch, memory).first(values.count)
      convolutionBackward(
        stage, memory, input: values, gradient: convolved, into: own, adding: false,
        parameterGradient)
      let target = slice(before.convolved, memory)
      before.norm.backward(
        own, output: values, input: target, memory, kept: kept(before.kept, memory),
        parameterGradient: parameterGradient, into: target)
    }
  }

  private func preBackward(
    _ sums: (branch: FloatSlice, shortcut: FloatSlice), _ memory: LayerMemory,
    _ inputGradient: FloatSlice, _ parameterGradient: FloatSlice
  ) {
    var gradient = sums.branch
    for index in stages.indices.reversed() {
      let stage = stages[index]
      let values = slice(stage.normalized, memory)
      let own = slice(scratch, memory).first(values.count)
      convolutionBackward(
        stage, memory, input: values, gradient: gradient, into: own, adding: false,
        parameterGradient)
      let isFirst = index == 0
      if isFirst && spec.sharesActivation {
        shortcutBackward(sums.shortcut, memory, into: own, adding: true, parameterGradient)
      }
      let input = isFirst ? memory.input : slice(stages[index - 1].convolved, memory)
      stage.norm.backward(
        own, output: values, input: input, memory, kept: kept(stage.kept, memory),
        parameterGradient: parameterGradient, into: isFirst ? inputGradient : input,
        adding: isFirst && !spec.sharesActivation)
      gradient = input
    }
  }

  private func convolutionBackward(
    _ stage: Stage, _ memory: LayerMemory, input: FloatSlice, gradient: FloatSlice,
    into inputGradient: FloatSlice, adding: Bool, _ parameterGradient: FloatSlice
  ) {
    stage.map.backward(
      weightGradient: parameterGradient[stage.weights], inputGradient: inputGradient,
      weights: memory.parameters[stage.weights], input: input, gradient: gradient,
      examples: memory.examples, adding: adding
    ) { _ in }
  }
}
