import Foundation
import Testing

@testable import HighwayNetworks

/// What LSTM cells are made of and how long they remember.
@Suite struct CellPartsTests {
  private static let json =
    #"{"input":[4,2],"task":"classify-sequence","classes":2,"layers":[{"kind":"lstm","units":3},"#
    + #"{"kind":"hlstm","units":3},{"kind":"final-state"}]}"#

  @Test func partsAddUpToWhatTheTraceSays() throws {
    var random = RandomSource(seed: 5)
    let inference = Inference(Network(try Architecture(json: Self.json), random: &random))
    let values = (0..<8).map { Float($0 % 3) - 1 }
    let samples = Samples(
      DataSet.Split(sequences: values, lengths: [3], labels: [0]),
      shape: .sequence(steps: 4, features: 2), normalization: Normalization())
    let layers = inference.statistics(of: samples, threads: 1).layers
    let trace = inference.trace(0, of: samples).layers
    for (index, layer) in layers.enumerated() {
      func value(
        _ symbol: String, _ role: Signal.Role, of layer: Int, _ step: Int, _ unit: Int
      )
        -> Float
      { step < 0 ? 0 : trace[layer][Signal(symbol, role)]?[step * 3 + unit] ?? .nan }
      var expected = CellParts()
      for step in 0..<3 {
        for unit in 0..<3 {
          let f = value("f", .carry, of: index, step, unit)
          let i = value("i", .transform, of: index, step, unit)
          expected.kept += Double((f * value("c", .state, of: index, step - 1, unit)).magnitude) / 9
          expected.new += Double((i * value("g", .state, of: index, step, unit)).magnitude) / 9
          guard index == 1 else { continue }
          let d = value("d", .depth, of: 1, step, unit)
          expected.below += Double((d * value("c", .state, of: 0, step, unit)).magnitude) / 9
        }
      }
      let found = try #require(layer.cellParts)
      #expect(abs(found.kept - expected.kept) < 1e-6 && abs(found.new - expected.new) < 1e-6)
      #expect(abs(found.below - expected.below) < 1e-6 && (found.below > 0) == (index == 1))
      let shares = found.shares
      #expect(abs(shares.kept + shares.new + shares.below - 1) < 1e-12)
      let memory = try #require(layer.memory)
      let forget = try #require(layer.signals.first { $0.signal.symbol == "f" })
      #expect(abs(memory[0] * log(Double(forget.mean[0])) + 1) < 1e-12)
      let state = try #require(layer.signals.first { $0.signal.symbol == "c" })
      let mean = (0..<3).reduce(Float(0)) { $0 + value("c", .state, of: index, $1, 0) / 3 }
      #expect(abs(state.mean[0] - mean) < 1e-6 && state.range == -1...1)
    }
  }

  @Test func editsAreCountedByCharacters() {
    #expect(WordFeatures.edits("king", "kings") == 1 && WordFeatures.edits("", "abc") == 3)
    #expect(WordFeatures.edits("david", "laid") == 2)
  }

  @Test func neighboursAreTheWordsOfTheSmallestAngle() {
    let features = WordFeatures(
      words: ["a", "b", "c"], before: [1, 0, 2, 0, 0, 1], after: [1, 0, 0, 1, 3, 3],
      meanT: [0, 0, 0])
    let before = features.neighbours(of: "a", .before, count: 2)
    #expect(before.map(\.word) == ["b", "c"] && before.map(\.cosine) == [1, 0])
    #expect(features.neighbours(of: "a", .after, count: 1).map(\.word) == ["c"])
    #expect(features.neighbours(of: "d", .after, count: 1).isEmpty)
  }

  /// The mean of T of each word is that which its features come with.
  @Test func aHighwayLayerOverWordsHasGatesForEach() throws {
    var corpus = TextCorpus(.words)
    for part in [TextCorpus.Part.train, .test] {
      corpus.add(try TextTokens("the sea the fish\nthe hill", .words, path: "t"), to: part)
    }
    let set = DataSet(
      name: "t", EncodedText(corpus: corpus, encoding: TextEncoding(of: corpus, byCharacters: true))
    )
    let words = 6
    let architecture = try Architecture(
      json: #"{"input":[8],"task":"next-token","classes":\#(words),"layers":[{"kind":"char-cnn","#
        + #""characters":\#(set.characters),"units":2,"kernels":[1,2],"channels":[2,3],"activation":"tanh"},"#
        + #"{"kind":"highway","units":5,"activation":"relu","gating":"coupled","gateBias":-1}]}"#)
    let encoded = set.encoded(for: architecture, nil)
    var random = RandomSource(seed: 5)
    let inference = Inference(Network(architecture, random: &random).fitted(to: encoded.shape))
    let samples = Samples(encoded.test, shape: encoded.shape, normalization: Normalization())
    let gates = try #require(inference.wordGates(of: samples))
    let features = try #require(inference.wordFeatures(of: samples))
    #expect(gates.words == features.words && gates.words.first == "the")
    #expect(gates.widths == [1, 1, 2, 2, 2] && gates.layer == 1 && gates.units == 5)
    #expect(zip(gates.means, features.meanT).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(Set(gates.gates).count > 10)
    #expect(inference.statistics(of: samples).words == gates)
  }

  @Test func aKernelWiderThanEveryWordIsNamedSo() {
    #expect {
      try Architecture(
        json: #"{"input":[3,5],"task":"next-token","classes":4,"layers":[{"kind":"char-cnn","#
          + #""characters":9,"units":2,"kernels":[2,6],"channels":[1,1],"activation":"tanh"}]}"#)
    } throws: {
      "\($0)".contains("kernels[1]") && "\($0)".contains("at most 5 characters")
    }
  }
}
