import Testing

@testable import HighwayNetworks

/// The gradient against central differences of the loss.
@Suite struct FiniteDifferenceTests {
  static let gatings: [Gating] = [
    .coupled, .full, .transformOnly, .carryOnly, .residual, .plain, .frozen(p: 0.3),
  ]

  @Test(arguments: gatings, Activation.allCases)
  func gradientIsTheSlopeOfTheLoss(_ gating: Gating, _ activation: Activation) {
    let architecture = Architecture(
      input: Shape(features: 4), classes: 3,
      layers: [
        .dense(units: 3, activation: activation),
        .highway(units: 3, activation: activation, gating: gating, gateBias: -1),
        .highway(units: 3, activation: activation, gating: gating, gateBias: -1),
        .dense(units: 5, activation: activation),
        .highway(units: 5, activation: activation, gating: gating, gateBias: -1),
      ])
    var random = RandomSource(seed: 7)
    var parameters = Network(architecture, random: &random).parameters
    for index in parameters.indices { parameters[index] += 0.2 * random.normal() }
    let input = (0..<24).map { _ in random.normal() }
    let loss = NetworkLoss(architecture, input: input, labels: [0, 1, 2, 1, 0, 2])
    let computed = loss.gradient(at: parameters)
    // A float32 loss of about 6 has steps of 5e-7; over 2·0.01 that is 2.5e-5 in the slope, and the
    // differences' own error is of the order 0.01².
    let step: Float = 0.01
    var squares = 0.0
    var norm = 0.0
    var kinks = 0
    let center = loss(parameters)
    for index in parameters.indices {
      var moved = parameters
      moved[index] = parameters[index] + step
      let above = loss(moved)
      moved[index] = parameters[index] - step
      let below = loss(moved)
      // Where a ReLU's kink lies within the step there is no slope to compare with; it shows as a bend
      // far beyond that of a smooth loss.
      if activation == .relu && abs(above + below - 2 * center) > 2e-4 {
        kinks += 1
        continue
      }
      let slope = (above - below) / Double(2 * step)
      squares += (slope - Double(computed[index])) * (slope - Double(computed[index]))
      norm += slope * slope
    }
    #expect(kinks < parameters.count / 4)
    // A bend that stays below the limit still moves a slope by up to 2e-4 / 0.02.
    #expect((squares / norm).squareRoot() < (activation == .relu ? 2e-2 : 2e-3))
  }
}
