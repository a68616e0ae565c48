import TensorFiles

/// A layer of LSTM cells with a depth gate.
///
/// See Zhang et al. 2015: `c = f ∘ c_before + i ∘ g + d ∘ c_below`, where
/// c_below is the cell of the layer below at the same step.
struct HighwayLSTMSpec: LayerSpec {
  static let kind = "hlstm"
  static let takesVectors = false
  static let members = LSTMSettings.members

  let settings: LSTMSettings

  var activation: Activation? { .tanh }
  var gating: Gating? { .full }
  var signals: [Signal] { settings.signals(hasDepthGate: true) }

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    settings = try LSTMSettings(field, input: input)
    guard input.cells == settings.units else {
      throw .invalid(
        path: field.path + ".units",
        expected: input.cells > 0
          ? "\(input.cells), the cells of the layer below" : "an lstm or hlstm layer below",
        found: "\(settings.units)")
    }
  }

  var document: [JSON.Member] { settings.document }
  var text: String { "hlstm, " + settings.text + ", depth gate" }

  func output(of input: Shape) -> Shape? {
    input.cells == settings.units ? settings.output(of: input) : nil
  }

  func parameters(of input: Shape) -> [Parameter] {
    settings.parameters(of: input, hasDepthGate: true)
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    LSTMLayer(settings, of: input, hasDepthGate: true, holding: held, at: offset)
  }
}
