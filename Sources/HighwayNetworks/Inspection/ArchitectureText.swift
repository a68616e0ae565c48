/// What a network is made of, in lines for people.
package struct ArchitectureText {
  /// The lines.
  package let lines: [String]

  /// Describes a network, runs of equal layers on one line.
  package init(_ architecture: Architecture) {
    var lines = ["input \(architecture.input)"]
    var start = 0
    let layers = architecture.layers
    while start < layers.count {
      let end = layers[start...].firstIndex { $0 != layers[start] } ?? layers.count
      let numbers = end - start == 1 ? "layer \(start)" : "layers \(start)-\(end - 1)"
      lines.append("\(numbers): \(layers[start].text)")
      start = end
    }
    let tied = architecture.tied.map { ", its weights those of layer \($0)" } ?? ""
    let output = architecture.classes.map { ["output \($0) classes" + tied] } ?? ["no output"]
    self.lines = Inspection.shortened(lines) + output
  }
}
