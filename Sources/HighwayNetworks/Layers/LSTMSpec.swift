import TensorFiles

/// A layer of LSTM cells: `c = f ∘ c_before + i ∘ g`, `h = o ∘ tanh(c)`.
///
/// In the family of highway layers it is a `full` one along time: i is its T, f its C, and g its block state.
struct LSTMSpec: LayerSpec {
  static let kind = "lstm"
  static let takesVectors = false
  static let members = LSTMSettings.members

  let settings: LSTMSettings

  var activation: Activation? { .tanh }
  var gating: Gating? { .full }
  var signals: [Signal] { settings.signals(hasDepthGate: false) }

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    settings = try LSTMSettings(field, input: input)
  }

  var document: [JSON.Member] { settings.document }
  var text: String { "lstm, " + settings.text }
  func output(of input: Shape) -> Shape? { settings.output(of: input) }

  func parameters(of input: Shape) -> [Parameter] {
    settings.parameters(of: input, hasDepthGate: false)
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    LSTMLayer(settings, of: input, hasDepthGate: false, holding: held, at: offset)
  }
}
