import Foundation
import Testing

@testable import HighwayNetworks

/// Responses against plain loops over the traces of all samples.
@Suite struct ResponseTests {
  private static let data = Tiny.data(train: 130)

  private func network(_ json: String) throws -> Network {
    var random = RandomSource(seed: 3)
    return Network(try Architecture(json: json), random: &random)
  }

  private static let maps = """
    {"input":[1,2,3],"classes":3,"layers":[
      {"kind":"residual-block","channels":3,"shortcut":"pad","activation":"relu"},
      {"kind":"residual-block","channels":3,"order":"pre","activation":"relu"}]}
    """
  private static let rows = """
    {"input":[6],"classes":3,"layers":[{"kind":"dense","units":4,"activation":"tanh"},
      {"kind":"highway","units":4,"activation":"tanh","gating":"residual"},
      {"kind":"highway","units":4,"activation":"tanh","gating":"carry-only","gateBias":-1}]}
    """

  @Test(arguments: [maps, rows])
  func responsesAreThoseOfThePlainLoops(json: String) throws {
    let inference = Inference(try network(json))
    let samples = Tiny.samples(Self.data)
    let found = try #require(inference.statistics(of: samples).layers[1].response)
    let units = found.std.count
    var values: [[Double]] = Array(repeating: [], count: units)
    var (branchSquares, inputSquares, products) = (0.0, 0.0, 0.0)
    for sample in 0..<samples.count {
      let trace = inference.trace(sample, of: samples)
      let (branch, input) = (trace.layers[1].blockState, trace.layers[0].blockOutput)
      for index in branch.indices {
        let (f, x) = (Double(branch[index]), Double(input[index]))
        values[index % units].append(f)
        branchSquares += f * f
        inputSquares += x * x
        products += f * x
      }
    }
    func deviation(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
        .squareRoot()
    }
    for unit in 0..<units {
      let mean = values[unit].reduce(0, +) / Double(values[unit].count)
      #expect(abs(Double(found.mean[unit]) - mean) < 1e-6)
      #expect(abs(Double(found.std[unit]) - deviation(values[unit])) < 1e-6)
    }
    #expect(abs(found.overall - deviation(values.flatMap { $0 })) < 1e-7)
    let ratio = try #require(found.relativeNorm)
    #expect(abs(ratio - (branchSquares / inputSquares).squareRoot()) < 1e-7)
    let cosine = try #require(found.cosine)
    #expect(abs(cosine - products / (branchSquares * inputSquares).squareRoot()) < 1e-7)
  }

  @Test func aBlockThatChangesTheShapeHasNoInputToCompareWith() throws {
    let inference = Inference(try network(Self.maps))
    let response = inference.statistics(of: Tiny.samples(Self.data)).layers[0].response
    #expect(response != nil && response?.relativeNorm == nil && response?.cosine == nil)
  }

  @Test func layersWithALearnedTransformGateHaveNone() throws {
    let inference = Inference(Network(Tiny.architecture()))
    #expect(
      inference.statistics(of: Tiny.samples(Self.data)).layers.allSatisfy { $0.response == nil })
  }

  @Test func threadsGiveTheSameBits() throws {
    let inference = Inference(try network(Self.maps))
    let samples = Tiny.samples(Self.data)
    let responses = [1, 3].map { threads in
      inference.statistics(of: samples, threads: threads).layers.map(\.response)
    }
    #expect(responses[0] == responses[1])
  }
}
