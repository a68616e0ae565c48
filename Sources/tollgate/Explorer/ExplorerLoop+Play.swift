import ExplorerUI
import HighwayNetworks

/// Keys played without a terminal: the same state, effects and drawing as with one.
extension ExplorerLoop {
  /// Presses one key after the other, each when what the last one set going has come to its end.
  ///
  /// - Throws: ``KeyScriptError`` where a word is no key, ``Failure`` where a key starts what does not end.
  func play(_ script: KeyScript) throws {
    for index in script.words.indices {
      for key in try script.keys(of: index, in: state) {
        guard !isLeaving else { return }
        handle(.terminal(.key(key)))
        if case .running(.continuous) = state.training.phase {
          finish()
          throw Failure.usage(
            "--keys: word \(index + 1): training on has no end here; t trains one epoch")
        }
        settle()
      }
    }
  }

  /// Takes in what arrives until nothing is under way any more.
  func settle() {
    while true {
      SerialWorker.waitForAll()
      let items = mailbox.take()
      if items.isEmpty { return }
      for item in items { handle(item) }
    }
  }

  /// The screen at the moment.
  var canvas: Canvas {
    var canvas = Canvas(size: state.size, capabilities: state.capabilities)
    draw(state, on: &canvas)
    return canvas
  }
}
