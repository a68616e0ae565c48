import HighwayNetworks

extension ExplorerState {
  /// Holds T of the cursor's layer at 0, or releases it where it is.
  mutating func toggleLesion() {
    let target = layerTarget(selection.block)
    if clamps.entries.contains(where: { $0.target == target && $0.value == 0 }) {
      release(target)
    } else {
      hold([target], at: 0)
    }
  }

  /// Holds what a person typed: `0.5` for the unit that was under the cursor, `layer 0.5` for its layer.
  mutating func clamp(_ unit: GateClamps.Target, _ text: String) {
    var words = text.split(separator: " ")
    guard !words.isEmpty else { return }
    var target = unit
    if words.count == 2, words[0].lowercased() == "layer" {
      target = blockIndex(of: unit).map(layerTarget) ?? GateClamps.Target(layer: unit.layer)
      words.removeFirst()
    }
    guard words.count == 1, let value = Float(words[0]), (0...1).contains(value) else {
      message = Message(
        .warning, "nothing was held: a value from 0 to 1 is needed, such as 0.5 or layer 0.5")
      return
    }
    hold([target], at: value)
  }

  /// Releases the unit under the cursor where it is held by itself, else its layer.
  mutating func releaseAtCursor() {
    // A micro-step may be held by itself, or with all of its layer.
    let targets = [
      cursorTarget, layerTarget(selection.block), GateClamps.Target(layer: cursorLayer),
    ]
    let held = targets.first { target in clamps.entries.contains { $0.target == target } }
    guard let held else {
      message = Message(
        .warning, "neither unit \(words(cursorTarget)) nor \(cursorLayerName) is held")
      return
    }
    release(held)
  }

  /// Holds places at a value, as one change: one place, or layers from the first to the last.
  mutating func hold(_ targets: [GateClamps.Target], at value: Float) {
    guard let first = targets.first, let last = targets.last else { return }
    let title =
      first == last ? self.title(first) : "layers \(self.words(first))–\(self.words(last))"
    let words = "\(title) \(heldWords(value))"
    recording(words) { state in
      for target in targets { state.clamps.hold(target, at: value) }
    }
    message = Message(.notice, words + ", in every view; d releases, u undoes")
  }

  private mutating func release(_ target: GateClamps.Target) {
    let title = title(target)
    recording("\(title) released") { $0.clamps.release(target) }
    let rest = clamps.entries.isEmpty ? "nothing is held now" : (clampWords ?? "")
    message = Message(.notice, "released \(title), \(rest); u holds it again")
  }
}
