extension Command {
  /// The commands that are not one view's alone.
  static let common: [Command] = [
    Command(
      .moveUp, [.up, .character("k")], "layer",
      "a layer up (Training: an epoch back; Compare: a run)", .move),
    Command(
      .moveDown, [.down, .character("j")], "layer",
      "a layer down (Training: an epoch on; Compare: a run)", .move),
    Command(
      .moveLeft, [.left, .character("h")], "unit",
      "a unit left; elsewhere a layer, plot or epoch", .move),
    Command(
      .moveRight, [.right, .character("l")], "unit",
      "a unit right; elsewhere a layer, plot or epoch", .move),
    Command(
      .pageUp, [.pageUp], "page up", "ten layers up, or ten epochs back; of maps the one before",
      .move),
    Command(
      .pageDown, [.pageDown], "page down",
      "ten layers down, or ten epochs on; of maps the next one", .move),
    Command(.first, [.home], "first", "the first layer, or the first epoch", .move),
    Command(.last, [.end], "last", "the last layer, or the last epoch", .move),
    Command(
      .nextPanel, [.tab], "heatmap", "the next heatmap, held gate, plot or picture",
      .move),
    Command(
      .previousPanel, [.backTab], "heatmap back", "the heatmap before", .move),
    Command(
      .goTo, [.character("/")], "go to", "go to layer:unit such as 17:23, class c7 or a name, s311",
      .move),
    Command(
      .zoomIn, [.enter], "zoom in", "the unit by class, a map, one plot; Compare: open",
      .move),
    Command(.back, [.escape], "back", "cancel, or back from what Enter opened", .move),

    Command(
      .previousClass, [.character("[")], "class", "the class before", .choose),
    Command(
      .nextClass, [.character("]")], "class", "the next class", .choose),
    Command(
      .nextGrouping, [.character("c")], "group by",
      "group tokens: kind, frequency, length; case, vowel", .choose),
    Command(
      .previousSample, [.character(",")], "sample", "the sample before", .choose),
    Command(
      .nextSample, [.character(".")], "sample", "the next sample", .choose),
    Command(
      .filter, [.character("f")], "filter",
      "samples: all, misclassified, of this class, both", .choose),
    Command(
      .previousEpoch, [.character("<")], "epoch", "the epoch before", .choose),
    Command(
      .nextEpoch, [.character(">")], "epoch", "the next epoch", .choose),
    Command(
      .follow, [.character("F")], "follow", "the last epoch, and training as it goes on", .choose),
    Command(
      .switchSplit, [.character("s")], "split", "training samples or test samples", .choose),
    Command(
      .nextGate, [.character("S")], "gate", "the next signal: T, C, or an LSTM's i, f, o, d, c, h",
      .choose),
    Command(
      .changeScope, [.character("a")], "all",
      "one class or all; in Cells: whose cells",
      .choose),
    Command(
      .against, [.character("v")], "against", "another class to set this one against, or none",
      .choose),
    Command(
      .rank, [.character("r")], "rank", "list cells (Lesion: layers) by what is shown; Enter stays",
      .choose),
    Command(
      .rankOrder, [.character("R")], "rank by", "list by distance from 0, highest, lowest, layer",
      .choose),
    Command(
      .nextRanked, [.character("n")], "next", "the next cell or layer of that list", .choose),
    Command(
      .previousRanked, [.character("p")], "before", "the cell or layer before it in that list",
      .choose),
    Command(
      .scale, [.character("z")], "scale", "colours fitted to the values, or over the whole range",
      .choose),
    Command(
      .colorMap, [.character("m")], "colours", "the next colour map", .choose),
    Command(
      .order, [.character("o")], "order",
      "units by mean T, class share, similarity or number", .choose),

    Command(
      .lesionLayer, [.character("x")], "hold at 0", "hold the layer's T at 0, or release it",
      .clamps),
    Command(
      .clamp, [.character("g")], "hold", "hold T of the unit or layer at a value", .clamps),
    Command(
      .release, [.character("d"), .delete], "release", "release the unit, else its layer",
      .clamps),
    Command(
      .releaseAll, [.character("G")], "release all", "release all that is held", .clamps),
    Command(
      .flipGate, [.character("K")], "flip gate",
      "another program's gate: multiplies H, or x; and back", .clamps),
    Command(
      .undo, [.character("u")], "undo", "undo what was held, thresholds or order", .clamps),
    Command(
      .redo, [.character("U"), .control("r")], "redo", "redo what was undone", .clamps),

    Command(
      .trainEpoch, [.character("t")], "train", "train one epoch from the one shown", .training),
    Command(
      .runOrPause, [.character(" ")], "run/pause", "train on, or pause", .training),
    Command(
      .keep, [.character("w")], "save", "save the trained epochs in a run directory", .training),
    Command(
      .new, [.character("N")], "new", "a new network: choose its settings and train it", .training),
    Command(
      .discard, [.character("W")], "discard", "discard a new network that is not saved",
      .training),
    Command(
      .previousModel, [.character("B")], "before", "switch to the model before, and back",
      .training),

    Command(
      .tour, [.character("T")], "tour", "a tour: one network, step by step, in five minutes", .tour),
    Command(
      .tourNext, [.enter, .character(" ")], "next",
      "on the tour: the next step, or back to the step",
      .tour),
    Command(.tourBack, [.backspace], "back", "on the tour: the step before", .tour),
    Command(.tourLeave, [.escape], "leave", "on the tour: leave it and stay where you are", .tour),

    Command(
      .export, [.character("e")], "export", "write what is shown: SVG, PDF, PNG, text, CSV, JSON",
      .program),
    Command(.models, [.character("M")], "models", "the list of models to open", .program),
    Command(
      .palette, [.character(":")], "command", "type a command, with completion", .program),
    Command(
      .help, [.character("?"), .function(1)], "help", "keys and words; type to search them",
      .program),
    Command(.repaint, [.control("l")], "repaint", "paint again, and retry what failed", .program),
    Command(.suspend, [.control("z")], "suspend", "stop; fg continues", .program),
    Command(
      .leave, [.character("q"), .control("c")], "leave", "leave; asks if epochs would be lost",
      .program),
  ]
}

extension Key {
  /// The key as people write it.
  package var label: String {
    switch self {
    case .character(" "): "space"
    case .character(let character): String(character)
    case .control(let letter): "Ctrl-" + letter.uppercased()
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .home: "Home"
    case .end: "End"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .enter: "Enter"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .function(let number): "F\(number)"
    }
  }
}
