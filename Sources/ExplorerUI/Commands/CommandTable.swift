extension Command {
  /// Every command: the bindings, the foot of the screen, the help and the README come from here.
  package static let table: [Command] = [
    Command(
      .overview, [.character("1")], "overview", "biases, mean T, T and y of a sample", .views),
    Command(.classes, [.character("2")], "classes", "how T differs from class to class", .views),
    Command(.cells, [.character("3")], "cells", "carried, mixed, transformed by layer", .views),
    Command(
      .sampleView, [.character("4")], "sample", "one sample: input, classes, its T beside the mean",
      .views),
    Command(
      .lesion, [.character("5")], "lesion", "what breaks when a layer's T is held at 0", .views),
    Command(.training, [.character("6")], "training", "loss and accuracy by epoch", .views),
    Command(.compare, [.character("7")], "compare", "several runs side by side", .views),
    Command(.depth, [.character("8")], "depth", "what happens along the depth", .views),

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
    Command(.pageUp, [.pageUp], "page up", "ten layers up, or ten epochs back", .move),
    Command(.pageDown, [.pageDown], "page down", "ten layers down, or ten epochs on", .move),
    Command(.first, [.home], "first", "the first layer, or the first epoch", .move),
    Command(.last, [.end], "last", "the last layer, or the last epoch", .move),
    Command(
      .nextPanel, [.tab], "heatmap", "the next heatmap, clamp, plot or picture",
      .move,
      prominence: [.overview: 1, .sample: 3, .lesion: 7, .compare: 1, .depth: 1],
      views: [.overview, .sample, .lesion, .compare, .depth]),
    Command(
      .previousPanel, [.backTab], "heatmap back", "the heatmap before", .move,
      views: [.overview, .sample, .lesion, .compare, .depth]),
    Command(
      .goTo, [.character("/")], "go to", "go to layer:unit such as 17:23, class c7 or a name, s311",
      .move,
      prominence: [.overview: 9, .classes: 8, .cells: 9, .sample: 7]),
    Command(
      .closer, [.enter], "closer", "the unit by class; Depth: one plot; Compare: open",
      .move, prominence: [.overview: 5, .classes: 4, .cells: 6, .compare: 2, .depth: 2],
      views: View.withUnits.union([.compare, .depth])),
    Command(.back, [.escape], "back", "back from what Enter opened, or to the models", .move),

    Command(
      .previousClass, [.character("[")], "class", "the class before", .choose,
      prominence: [.classes: 1, .cells: 3]),
    Command(
      .nextClass, [.character("]")], "class", "the next class", .choose,
      prominence: [.overview: 2, .classes: 1, .cells: 3, .sample: 4]),
    Command(
      .previousSample, [.character(",")], "sample", "the sample before", .choose,
      prominence: [.sample: 1]),
    Command(
      .nextSample, [.character(".")], "sample", "the next sample", .choose,
      prominence: [.overview: 3, .cells: 4, .sample: 1]),
    Command(
      .filter, [.character("f")], "filter",
      "samples: all, misclassified, of this class, both", .choose, prominence: [.sample: 2]),
    Command(
      .previousEpoch, [.character("<")], "epoch", "the epoch before", .choose),
    Command(
      .nextEpoch, [.character(">")], "epoch", "the next epoch", .choose,
      prominence: [.overview: 4, .classes: 3, .cells: 5, .sample: 5]),
    Command(
      .switchSplit, [.character("s")], "split", "training samples or test samples", .choose,
      prominence: [.overview: 6, .classes: 5, .cells: 7, .sample: 6]),
    Command(
      .changeScope, [.character("a")], "all", "one class or all; in Cells: whose cells",
      .choose, prominence: [.classes: 2, .cells: 1], views: [.classes, .cells]),
    Command(
      .scale, [.character("z")], "scale", "colours fitted to the values, or over the whole range",
      .choose, prominence: [.overview: 7, .classes: 6]),
    Command(
      .colorMap, [.character("m")], "colours", "the next colour map", .choose,
      prominence: [.overview: 8, .classes: 7]),
    Command(
      .order, [.character("o")], "order",
      "units by mean T, class share, similarity or number", .choose,
      prominence: [.overview: 8, .classes: 7]),

    Command(
      .lowerLow, [.character("-")], "low", "lower the threshold of carried cells", .cells,
      prominence: [.cells: 2], views: [.cells]),
    Command(
      .raiseLow, [.character("+"), .character("=")], "low", "raise the threshold of carried cells",
      .cells, views: [.cells]),
    Command(
      .lowerHigh, [.character("(")], "high", "lower the threshold of transformed cells", .cells,
      prominence: [.cells: 2], views: [.cells]),
    Command(
      .raiseHigh, [.character(")")], "high", "raise the threshold of transformed cells", .cells,
      views: [.cells]),
    Command(
      .twoWaySplit, [.character("b")], "two-way", "split at 0.5, and back", .cells,
      prominence: [.cells: 8], views: [.cells]),

    Command(
      .lesionLayer, [.character("x")], "lesion", "hold the layer's T at 0, and let it go", .clamps,
      prominence: [.lesion: 1, .overview: 11, .classes: 10, .cells: 10, .sample: 8]),
    Command(
      .clamp, [.character("g")], "hold", "hold T of the unit or layer at a value", .clamps,
      prominence: [.lesion: 2, .overview: 12, .classes: 11, .cells: 11]),
    Command(
      .release, [.character("d"), .delete], "let go", "let go of the unit, else of the layer",
      .clamps, prominence: [.lesion: 4]),
    Command(
      .releaseAll, [.character("G")], "let all go", "let go of all that is held", .clamps,
      prominence: [.lesion: 8]),
    Command(
      .undo, [.character("u")], "undo", "undo what was held, thresholds or order", .clamps,
      prominence: [.lesion: 3]),
    Command(
      .redo, [.character("U"), .control("r")], "redo", "do again what was undone", .clamps),
    Command(
      .lesionAxis, [.character("L")], "log", "linear or logarithmic curves", .clamps,
      prominence: [.lesion: 5], views: [.lesion]),

    Command(
      .trainEpoch, [.character("t")], "train", "train one epoch from the one shown", .training,
      prominence: [.overview: 5, .classes: 4, .cells: 6, .training: 1]),
    Command(
      .runOrPause, [.character(" ")], "run/pause", "train on, or pause", .training,
      prominence: [.overview: 10, .classes: 9, .training: 2]),
    Command(
      .keep, [.character("w")], "keep", "write the trained epochs to a run directory", .training,
      prominence: [.training: 4]),
    Command(
      .new, [.character("N")], "new", "a new network: choose its settings and train it", .training,
      prominence: [.training: 3]),
    Command(
      .discard, [.character("W")], "discard", "throw a new network away that is not kept",
      .training, prominence: [.training: 5]),
    Command(
      .previousModel, [.character("B")], "before", "change to the model before, and back",
      .training, prominence: [.training: 6]),

    Command(
      .addRun, [.character("A")], "add", "add a run by its path", .compare,
      prominence: [.compare: 3], views: [.compare]),
    Command(
      .dropRun, [.character("D")], "drop", "take the run at hand out", .compare,
      prominence: [.compare: 4], views: [.compare]),
    Command(
      .changeMeasure, [.character("C")], "curve",
      "train or test, loss or accuracy; by depth: which cells", .compare,
      prominence: [.compare: 5], views: [.compare]),
    Command(
      .changeLossScale, [.character("Y")], "log", "a logarithmic or a linear axis of the loss",
      .compare, prominence: [.compare: 6], views: [.compare]),
    Command(
      .changeTimeAxis, [.character("X")], "time", "curves by epoch or by seconds", .compare,
      prominence: [.compare: 7], views: [.compare]),

    Command(
      .export, [.character("e")], "export", "write what is shown: SVG, PNG, text, CSV, JSON",
      .program,
      prominence: Dictionary(uniqueKeysWithValues: View.allCases.map { ($0, 20) })),
    Command(.models, [.character("M")], "models", "the list of models to open", .program),
    Command(
      .palette, [.character(":")], "command", "type a command, with completion", .program,
      prominence: Dictionary(uniqueKeysWithValues: View.allCases.map { ($0, 11) })),
    Command(
      .help, [.character("?")], "help", "this list; type to search it", .program,
      prominence: Dictionary(uniqueKeysWithValues: View.allCases.map { ($0, 98) })),
    Command(.repaint, [.control("l")], "repaint", "paint again, and retry what failed", .program),
    Command(.suspend, [.control("z")], "suspend", "stop; fg continues", .program),
    Command(
      .leave, [.character("q"), .control("c")], "leave", "leave; asks if epochs would be lost",
      .program, prominence: Dictionary(uniqueKeysWithValues: View.allCases.map { ($0, 99) })),
  ]

  /// The command that a key calls.
  package static func bound(to key: Key) -> Command? { byKey[key] }

  private static let byKey: [Key: Command] = Dictionary(
    table.flatMap { command in command.keys.map { ($0, command) } }, uniquingKeysWith: { $1 })

  /// The list of keys as a Markdown table.
  package static var markdownTable: String {
    var lines = ["| keys | what they do |", "| --- | --- |"]
    for chapter in Chapter.allCases {
      for command in table where command.chapter == chapter {
        let keys = command.keys.map { "`\($0.label)`" }.joined(separator: " ")
        lines.append("| \(keys) | \(command.help) |")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
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
    }
  }
}
