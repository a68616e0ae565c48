import TensorFiles

/// A code of Gaussian units between the encoder and the decoder of a variational autoencoder.
///
/// See Bowman et al. 2015.
struct LatentSpec: LayerSpec {
  static let kind = "latent"
  static let takesVectors = true
  static let members = ["units"]

  /// The number of values of the code.
  let units: Int

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    guard input.isVector else {
      throw .invalid(
        path: field.path, expected: "a layer whose input is a vector, as final-state returns it",
        found: "an input of \(input)")
    }
    units = try field.units()
  }

  var document: [JSON.Member] { [JSON.Member("units", .integer(units))] }
  var text: String { "latent, \(units) units" }
  func output(of input: Shape) -> Shape? { input.isVector ? Shape(features: units) : nil }

  func parameters(of input: Shape) -> [Parameter] {
    ["mean", "logvar"].map {
      Parameter(
        $0 + ".weight",
        .weight(fanIn: input.features, fanOut: units, beforeRectifier: false),
        [units, input.features])
    } + ["mean", "logvar"].map { Parameter($0 + ".bias", .bias(initial: 0), [units]) }
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    LatentLayer(input: input, units: units, at: offset)
  }
}
