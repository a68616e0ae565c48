package import HighwayNetworks

/// How the picture of words by units is shown.
package struct WordPicture: Hashable, Sendable {
  /// In which order the words stand.
  package enum Order: Hashable, Sendable, CaseIterable {
    /// The most frequent word first.
    case frequency
    /// The shortest word first, of two as long the more frequent one.
    case length
    /// By their letters.
    case alphabet

    /// The order in words.
    package var title: String {
      switch self {
      case .frequency: "the most frequent first"
      case .length: "the shortest first"
      case .alphabet: "alphabetically"
      }
    }

    /// The next one in turn.
    var next: Order {
      switch self {
      case .frequency: .length
      case .length: .alphabet
      case .alphabet: .frequency
      }
    }

    /// The words by their places in the picture; `words` stand with the most frequent first.
    package func places(of words: [String]) -> [Int] {
      switch self {
      case .frequency: return Array(words.indices)
      case .length:
        let lengths = words.map(\.count)
        return words.indices.sorted {
          lengths[$0] == lengths[$1] ? $0 < $1 : lengths[$0] < lengths[$1]
        }
      case .alphabet: return words.indices.sorted { words[$0] < words[$1] }
      }
    }
  }

  /// Whether it stands in the place of the classes.
  package var isShown = false
  /// In which order the words stand.
  package var order = Order.frequency
  /// Whether a column is the mean over the units whose features convolutions of one width find.
  package var isByWidth = false

  package init() {}
}

extension ExplorerState {
  /// The gates of words, where the network has a highway layer over words and they are to be seen.
  package var shownWords: WordGates? {
    display.wordPicture.isShown ? statistics.value?.words : nil
  }
}
