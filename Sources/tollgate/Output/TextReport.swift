import ExplorerUI
import HighwayNetworks
import TensorFiles

/// What `analyze` prints of a network that reads a text: how surprised it is by groups of tokens, and the neighbours
/// of words.
struct TextReport {
  /// The names of the groups.
  let groups: [String]
  /// The number of tokens of each that were predicted.
  let tokens: [Int]
  let outcome: LesionSweep.Outcome
  /// nil where the network has no highway layers over words.
  let features: WordFeatures?
  /// The words whose neighbours are asked for.
  let words: [String]

  /// How many neighbours are listed.
  private static let listed = 8

  /// What is wrong with the words that are asked for; nil where nothing is.
  var unknownWord: String? {
    guard !words.isEmpty else { return nil }
    guard let features else { return "this network has no highway layers over words" }
    return words.first { !features.words.contains($0) }.map {
      "the network does not know \($0.excerpt)"
    }
  }

  /// Below the table of layers.
  var table: String {
    let rows = groups.indices.filter { tokens[$0] > 0 }.map { group in
      [
        groups[group].excerpt, NumberFormat.count(tokens[group]),
        NumberFormat.fixed(perplexity(outcome.classLoss[group]), 1),
      ]
    }
    let all = [
      "all", NumberFormat.count(tokens.reduce(0, +)),
      NumberFormat.fixed(perplexity(outcome.loss), 1),
    ]
    var text = "\n" + alignedTable([["tokens", "number", "perplexity"]] + rows + [all])
    guard let features else { return text }
    for word in words {
      let (before, after) = neighbours(features, word)
      let mean = features.words.firstIndex(of: word).map {
        NumberFormat.fixed(features.meanT[$0], 3)
      }
      let rows = zip(before, after).map { before, after in
        [before, after].flatMap {
          [$0.word.excerpt, NumberFormat.fixed($0.cosine, 3), String($0.edits)]
        }
      }
      text +=
        "\n\(word.excerpt), mean T \(mean ?? "-"): nearest before and after the highway layers, with edits\n"
        + alignedTable([["before", "cosine", "edits", "after", "cosine", "edits"]] + rows)
    }
    return text
  }

  private func neighbours(
    _ features: WordFeatures, _ word: String
  ) -> ([WordFeatures.Neighbour], [WordFeatures.Neighbour]) {
    (
      features.neighbours(of: word, .before, count: Self.listed),
      features.neighbours(of: word, .after, count: Self.listed)
    )
  }

  /// The members of the object that `--json` prints.
  var members: [(String, JSON)] {
    func list(_ neighbours: [WordFeatures.Neighbour]) -> JSON {
      .array(
        neighbours.map {
          .members([
            ("word", .string($0.word)), ("cosine", .real($0.cosine)), ("edits", .integer($0.edits)),
          ])
        })
    }
    let groupList = groups.indices.map { group -> JSON in
      .members([
        ("name", .string(groups[group])), ("tokens", .integer(tokens[group])),
        ("loss", tokens[group] > 0 ? .real(outcome.classLoss[group]) : .null),
        ("perplexity", tokens[group] > 0 ? .real(perplexity(outcome.classLoss[group])) : .null),
      ])
    }
    let wordList = words.map { word -> JSON in
      let found = features.map { neighbours($0, word) } ?? ([], [])
      let place = features?.words.firstIndex(of: word)
      return .members([
        ("word", .string(word)),
        ("meanT", place.flatMap { place in features.map { .real($0.meanT[place]) } } ?? .null),
        ("before", list(found.0)), ("after", list(found.1)),
      ])
    }
    return [
      ("perplexity", .real(perplexity(outcome.loss))), ("groups", .array(groupList)),
      ("words", .array(wordList)),
    ]
  }
}
