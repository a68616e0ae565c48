/// A word that screens use, and what it means.
struct GlossaryEntry {
  /// The word.
  let term: String
  /// What it means, in a sentence or two.
  let text: String
  /// What it is also searched for.
  var also = ""

  /// Whether the word itself has the letters.
  func isNamed(_ typed: String) -> Bool {
    "\(term) \(also)".lowercased().contains(typed.lowercased())
  }

  /// Whether the word or its meaning has the letters.
  func mentions(_ typed: String) -> Bool {
    isNamed(typed) || text.lowercased().contains(typed.lowercased())
  }
}

/// The words that screens use, from the layer's equation on.
enum Glossary {
  static let entries: [GlossaryEntry] = layer + cells + statistics + experiments

  private static let layer: [GlossaryEntry] = [
    .init(
      term: "y = H·T + x·C",
      text: "what a highway layer computes, unit by unit: H, computed anew, and its input x, each "
        + "times a gate", also: "equation highway layer"),
    .init(term: "x", text: "the layer's input: what the layer before it gave", also: "input"),
    .init(
      term: "H, block state", text: "what the layer computes anew from x, such as tanh(W·x + b)"),
    .init(
      term: "T, transform gate", text: "from 0 to 1: how much of H goes into y; σ(W·x + b)"),
    .init(term: "C, carry gate", text: "how much of x goes into y; 1 − T in coupled layers"),
    .init(term: "y, block output", text: "what the layer gives to the next one"),
    .init(
      term: "gate", text: "T or C of one unit: 1 lets its value through, 0 shuts it out"),
    .init(
      term: "gate bias",
      text: "the b of T = σ(W·x + b): below 0 it keeps T low, so that x is carried"),
    .init(
      term: "gating",
      text:
        "which gates are learned: coupled: T, and C = 1 − T; full: both; transform-only: C = 1; "
        + "carry-only: T = 1; residual: T = C = 1; plain: T = 1 and C = 0; frozen: T = p, C = 1 − p"
    ),
    .init(term: "layer", text: "a row of a heatmap; its number is that of the checkpoint"),
    .init(term: "unit", text: "one value of a layer; a column of a heatmap"),
    .init(
      term: "stage",
      text:
        "highway layers of equal width that follow each other, so that x can be carried through "
        + "all of them"),
  ]

  private static let cells: [GlossaryEntry] = [
    .init(term: "cell", text: "one unit of one layer for one sample: one value of T"),
    .init(term: "carried", text: "a cell with T below the low threshold: y is nearly x"),
    .init(term: "mixed", text: "a cell with T between the thresholds: y has parts of H and of x"),
    .init(term: "transformed", text: "a cell with T above the high threshold: y is nearly H"),
    .init(term: "open", text: "a cell with T > 0.5, whatever the thresholds are"),
    .init(term: "threshold", text: "0.10 and 0.90 at first; - + ( ) move them in Cells"),
  ]

  private static let statistics: [GlossaryEntry] = [
    .init(
      term: "mean T", text: "T of a unit, averaged over the samples; ± its standard deviation σ"),
    .init(term: "deviation", text: "mean T over the samples of a class minus mean T over all"),
    .init(
      term: "class share η²",
      text:
        "the share of T's variance that lies between classes: 0, T does not depend on the class; "
        + "1, on nothing else", also: "eta squared"),
    .init(term: "change", text: "the mean of |y − x|: 0 copies the input"),
    .init(
      term: "carry product",
      text:
        "the product of mean C from the first layer of a stage on: how much of the stage's input "
        + "is still carried"),
    .init(
      term: "path length",
      text: "how many layers transform on a way through the network, where each does so with the "
        + "probability of its mean T"),
    .init(
      term: "estimation error",
      text: "y minus y of the stage's last layer; layers that refine an estimate keep its mean at 0"
    ),
    .init(term: "drift", text: "a gate bias minus the bias it started from"),
    .init(
      term: "selectivity",
      text:
        "the correlation of gate bias and mean T over units: below 0, the units with the lowest "
        + "bias open most"),
  ]

  private static let experiments: [GlossaryEntry] = [
    .init(
      term: "held at",
      text: "T of a unit or layer is fixed at a value in all that is shown, until it is released",
      also: "hold clamp release"),
    .init(
      term: "lesion",
      text:
        "T of one layer held at 0, to see what the network loses without it; a coupled layer then "
        + "copies its input"),
    .init(term: "intact", text: "the network with nothing held"),
    .init(term: "split", text: "the training samples or the test samples; s changes it"),
    .init(term: "epoch", text: "once through the training samples"),
    .init(
      term: "loss",
      text: "the mean cross-entropy in nats: 0 is perfect, a guess among n classes has ln n"),
    .init(
      term: "accuracy, error", text: "the share of samples classified correctly, and the rest"),
    .init(term: "run", text: "a directory with the checkpoints and measurements of one training"),
    .init(
      term: "live", text: "what is shown moves with training, over a part of the samples"),
    .init(
      term: "not up to date", text: "what is shown is of an earlier moment until it is computed"),
  ]
}
