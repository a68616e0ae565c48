/// What the presets' networks are made of.
extension Preset {
  /// The layers in the description's words.
  func layers(_ input: Shape, classes: Int, characters: Int) -> [String] {
    switch family {
    case .mnist(let maps): Self.mnist(maps)
    case .cifar: Self.cifar(input)
    case .residual(let n, let isGated): Self.residual(n, isGated: isGated)
    case .depthGated(let layers, let cells): Self.depthGated(layers, cells)
    case .characters(let model): Self.characters(model, characters)
    case .recurrentHighway(let depth, let units, _):
      Self.recurrentHighway(depth, units, words: classes)
    case .sentences(let units, let code, _): Self.sentences(units, code, words: classes)
    }
  }

  private static func conv(_ maps: Int, _ kernel: Int, padding: Int = 0) -> String {
    #"{"kind":"conv","channels":\#(maps),"kernel":\#(kernel),"padding":\#(padding),"activation":"relu"}"#
  }

  private static func highway(_ maps: Int, _ count: Int, bias: Int) -> String {
    #"{"kind":"conv-highway","channels":\#(maps),"kernel":3,"activation":"relu","gating":"coupled","#
      + #""gateBias":\#(bias),"count":\#(count)}"#
  }

  private static func pool(_ kernel: Int) -> String {
    #"{"kind":"max-pool","kernel":\#(kernel),"stride":2}"#
  }

  private static func dropout(_ p: String) -> String { #"{"kind":"dropout","p":\#(p)}"# }

  private static func depthGated(_ layers: Int, _ cells: Int) -> [String] {
    let settings = #""units":\#(cells),"peephole":true,"biases":1"#
    return [
      #"{"kind":"lstm",\#(settings)}"#, #"{"kind":"hlstm",\#(settings),"count":\#(layers - 1)}"#,
      #"{"kind":"final-state"}"#,
    ]
  }

  private static func characters(_ model: CharacterModel, _ characters: Int) -> [String] {
    let features = (1...model.widths).map { model.features * $0 }
    let lstm = #"{"kind":"lstm","units":\#(model.cells)}"#
    let highway =
      #"{"kind":"highway","units":\#(features.reduce(0, +)),"activation":"relu","gating":"coupled","gateBias":-2}"#
    return [
      #"{"kind":"char-cnn","characters":\#(characters),"units":15,"kernels":\#(Array(1...model.widths)),"#
        + #""channels":\#(features),"activation":"tanh","padding":0}"#
    ] + (model.hasHighway ? [highway] : []) + [
      lstm, dropout(model.dropout), lstm, dropout(model.dropout),
    ]
  }

  private static func recurrentHighway(_ depth: Int, _ units: Int, words: Int) -> [String] {
    [
      #"{"kind":"embedding","tokens":\#(words),"units":\#(units)}"#, dropout("0.2"),
      #"{"kind":"rhn","units":\#(units),"depth":\#(depth),"activation":"tanh","gating":"coupled","#
        + #""gateBias":-2}"#, dropout("0.2"),
    ]
  }

  private static func sentences(_ units: Int, _ code: Int, words: Int) -> [String] {
    let highway =
      #"{"kind":"highway","units":\#(units),"activation":"relu","gating":"coupled","gateBias":-2,"count":2}"#
    return [
      #"{"kind":"embedding","tokens":\#(words),"units":\#(units),"padding":0}"#,
      #"{"kind":"lstm","units":\#(units)}"#, #"{"kind":"final-state"}"#, highway,
      #"{"kind":"latent","units":\#(code)}"#,
      #"{"kind":"dense","units":\#(units),"activation":"tanh"}"#, highway,
      #"{"kind":"decoder-lstm","units":\#(units),"embedding":0}"#,
    ]
  }

  private static func mnist(_ maps: Int) -> [String] {
    [
      dropout("0.2"), conv(maps, 5), highway(maps, 2, bias: -1), pool(3), dropout("0.3"),
      highway(maps, 3, bias: -1), pool(3), dropout("0.4"), highway(maps, 3, bias: -1), pool(2),
      dropout("0.5"),
    ]
  }

  private static func cifar(_ input: Shape) -> [String] {
    // The authors average over maps of 8×8.
    let average =
      input.positions == [32, 32]
      ? #"{"kind":"average-pool","kernel":8,"stride":8}"# : #"{"kind":"global-average-pool"}"#
    return [
      dropout("0.2"), conv(32, 3, padding: 1), highway(32, 4, bias: -2), pool(2), dropout("0.2"),
      conv(80, 3, padding: 1), highway(80, 5, bias: -2), pool(2), dropout("0.2"),
      conv(128, 3, padding: 1), highway(128, 5, bias: -2), conv(100, 1), average, dropout("0.2"),
    ]
  }

  private static func residual(_ n: Int, isGated: Bool) -> [String] {
    let gates = isGated ? #""gating":"carry-only","gateBias":-6,"# : ""
    func blocks(_ maps: Int, _ more: String, _ count: Int) -> String {
      #"{"kind":"residual-block","channels":\#(maps),\#(more)\#(gates)"activation":"relu","count":\#(count)}"#
    }
    let smaller = #""stride":2,"shortcut":"pad","#
    return [
      #"{"kind":"conv","channels":16,"kernel":3,"padding":1,"bias":false,"activation":"linear"}"#,
      #"{"kind":"batch-norm","activation":"relu"}"#, blocks(16, "", n), blocks(32, smaller, 1),
      blocks(32, "", n - 1), blocks(64, smaller, 1), blocks(64, "", n - 1),
      #"{"kind":"global-average-pool"}"#,
    ]
  }
}
