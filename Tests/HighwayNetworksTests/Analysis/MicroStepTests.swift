import Testing

@testable import HighwayNetworks

/// What is told of each micro-step of a recurrent highway layer by itself.
@Suite struct MicroStepTests {
  private static let (units, depth) = (3, 4)

  private func data() throws -> DataSet {
    var corpus = TextCorpus(.words)
    corpus.addDivided(
      try TextTokens(
        String(repeating: "in the sea a fish\nup a hill\n", count: 20), .words, path: "t"))
    var encoding = TextEncoding(of: corpus, byCharacters: false)
    encoding.steps = 4
    return DataSet(name: "fish", EncodedText(corpus: corpus, encoding: encoding))
  }

  private func network(_ data: DataSet, count: Int = 1) throws -> Network {
    let architecture = try Architecture(
      json: #"{"input":[1],"task":"next-token","classes":\#(data.outputs),"layers":["#
        + #"{"kind":"embedding","tokens":\#(data.outputs),"units":4},{"kind":"rhn","#
        + #""units":\#(Self.units),"depth":\#(Self.depth),"activation":"tanh","gateBias":-1,"#
        + #""count":\#(count)}]}"#)
    var random = RandomSource(seed: 3)
    return Network(architecture, random: &random, within: 1).fitted(to: data.shape)
  }

  private func samples(_ data: DataSet) -> Samples {
    Samples(data.train, shape: data.shape, normalization: Normalization())
  }

  @Test func statisticsOfAMicroStepAreThoseOfItsUnits() throws {
    let data = try data()
    let inference = Inference(try network(data))
    let layer = inference.statistics(of: samples(data)).layers[0]
    #expect(layer.microSteps.count == Self.depth && layer.units == Self.depth * Self.units)
    for (number, step) in layer.microSteps.enumerated() {
      let own = number * Self.units..<(number + 1) * Self.units
      #expect(step.layer == 1 && step.units == Self.units && step.microSteps.isEmpty)
      #expect(step.meanT == Array(layer.meanT[own]) && step.stdT == Array(layer.stdT[own]))
      #expect(step.maxT == Array(layer.maxT[own]) && step.meanC == Array(layer.meanC[own]))
      #expect(step.gateBias == layer.gateBias.map { Array($0[own]) })
      #expect(step.carriedByUnit == Array(layer.carriedByUnit[own]))
      let bins = LayerStatistics.histogramBins
      #expect(
        step.histogram
          == Array(layer.histogram[own.lowerBound * bins..<own.upperBound * bins]))
    }
    func sum(_ count: (CellCounts) -> Double) -> Double {
      layer.microSteps.reduce(0) { $0 + count($1.cells) }
    }
    #expect(abs(sum(\.carried) - layer.cells.carried) < 1e-9)
    #expect(abs(sum(\.open) - layer.cells.open) < 1e-9 && layer.cells.open > 0)
    #expect(Set(layer.microSteps.map(\.cells.mixed)).count > 1)
    for group in layer.cellsByClass.indices {
      let own = layer.microSteps.reduce(0) { $0 + $1.cellsByClass[group].open }
      #expect(abs(own - layer.cellsByClass[group].open) < 1e-9)
    }
  }

  @Test func aMicroStepChangesWhatTheOneBeforeLeft() throws {
    let data = try data()
    let inference = Inference(try network(data))
    let samples = samples(data)
    let steps = inference.statistics(of: samples).layers[0].microSteps
    // A trace goes on with what four segments before have left, and there are no more here than in these.
    let traces = (0..<min(5, samples.count)).map { inference.trace($0, of: samples).layers[0] }
    let few = inference.statistics(of: samples.first(traces.count))
    let own = few.layers[0].microSteps
    let width = Self.units * Self.depth
    for number in 0..<Self.depth {
      var (change, error, count) = (0.0, 0.0, 0)
      for trace in traces {
        for row in 0..<trace.positions {
          for unit in 0..<Self.units {
            func y(_ step: Int) -> Double {
              Double(trace.blockOutput[row * width + step * Self.units + unit])
            }
            if number > 0 { change += abs(y(number) - y(number - 1)) }
            error += y(number) - y(Self.depth - 1)
            count += 1
          }
        }
      }
      if number == 0 {
        #expect(own[0].change.isNaN && steps[0].change.isNaN)
      } else {
        #expect(abs(own[number].change - change / Double(count)) < 1e-5, "\(number)")
      }
      #expect(abs(own[number].estimationErrorMean - error / Double(count)) < 1e-5, "\(number)")
    }
    #expect(own[Self.depth - 1].estimationErrorStd == 0 && own[0].estimationErrorStd > 0)
  }

  @Test func statisticsByMicroStepsStandInThePlacesOfLayers() throws {
    let data = try data()
    let inference = Inference(try network(data, count: 2))
    let statistics = inference.statistics(of: samples(data)).byMicroSteps
    #expect(statistics.layers.map(\.layer) == [1, 1, 1, 1, 2, 2, 2, 2])
    #expect(statistics.runs == [0..<4, 4..<8], "each layer carries its own state")
    let blocks = inference.architecture.blocks.byMicroSteps
    #expect(blocks.map(\.run) == statistics.layers.map(\.run))
    #expect(blocks.map { $0.microStep?.number } == [0, 1, 2, 3, 0, 1, 2, 3])
    #expect(blocks[6].units == 6..<9 && blocks.allSatisfy { $0.features == 3 })
    let product = statistics.layers[0..<4].reduce(1.0) { $0 * Double($1.meanC[1]) }
    #expect(abs(statistics.carryProducts[3][1] - product) < 1e-12)
    let trace = inference.trace(2, of: samples(data))
    let split = trace.byMicroSteps(of: inference.architecture.blocks)
    #expect(split.layers.map(\.units) == Array(repeating: 3, count: 8))
    for row in 0..<trace.layers[1].positions {
      #expect(
        split.layers[6].transformGate[row * 3 + 2]
          == trace.layers[1].transformGate[row * 12 + 8])
      #expect(split.layers[6].carryGate[row * 3] == 1 - split.layers[6].transformGate[row * 3])
    }
    #expect(zip(split.layers, blocks).allSatisfy { $0.fits($1) })
  }

  @Test func ranksAndThreadsSayTheSameOfMicroSteps() throws {
    let data = try data()
    let network = try network(data)
    @Sendable func numbers(_ layer: LayerStatistics) -> [[Float]] {
      layer.microSteps.map {
        $0.meanT + $0.stdT + [Float($0.cells.open), Float($0.estimationErrorStd)]
      }
    }
    let one = numbers(Inference(network).statistics(of: samples(data), threads: 1).layers[0])
    let many = numbers(Inference(network).statistics(of: samples(data), threads: 3).layers[0])
    #expect(one == many && !one.isEmpty)
    let ranks = try ThreadRanks.run(2) { ranks in
      numbers(Inference(network, ranks: ranks).statistics(of: samples(data), threads: 1).layers[0])
    }
    for found in ranks { #expect(found == one) }
  }

  @Test func aLesionOfAMicroStepHoldsItsUnitsAlone() throws {
    let data = try data()
    let network = try network(data)
    let samples = samples(data)
    let sweep = Inference(network).lesions(of: samples)
    #expect(sweep.layers.map(\.layer) == [1])
    #expect(sweep.microSteps.map(\.microStep) == [0, 1, 2, 3])
    for lesion in sweep.microSteps {
      var clamps = GateClamps()
      let first = lesion.microStep * Self.units
      clamps.hold(.init(layer: 1, units: first..<first + Self.units), at: 0)
      #expect(clamps.value(layer: 1, unit: first + 2) == 0)
      #expect(clamps.value(layer: 1, unit: first + 3) == nil)
      let held = Inference(network, clamps: clamps)
      #expect(abs(held.outcomes(of: samples).loss - lesion.outcome.loss) < 1e-6)
      // It passes its state on.
      let y = held.trace(3, of: samples).byMicroSteps(of: network.architecture.blocks).layers
      if lesion.microStep > 0 {
        #expect(y[lesion.microStep].blockOutput == y[lesion.microStep - 1].blockOutput)
      }
    }
    #expect(Set(sweep.microSteps.map(\.outcome.loss)).count == 4)
    let split = sweep.byMicroSteps
    #expect(split.layers.map(\.layer) == [1, 1, 1, 1])
    #expect(split.layers[2].outcome == sweep.microSteps[2].outcome)
    let later = Inference(network).lesions(of: samples, lesioned: [1])
    #expect(sweep.renewed(by: later).microSteps.count == 4)
  }

  @Test func itsGatesAreNoneOfWords() throws {
    let data = try data()
    let inference = Inference(try network(data))
    #expect(inference.wordGates(of: samples(data)) == nil)
    #expect(inference.wordFeatures(of: samples(data)) == nil)
  }
}
