import TensorFiles

/// How a program names the tensors of a residual network: `conv1`, `bn1`, `layer1.0.conv1` and so on, with a linear
/// output.
struct ResidualConvention: Convention {
  let name: String
  let programs: String
  /// The name of the output.
  let output: String
  /// The name of a shortcut's convolution and norm.
  let shortcut: String
  /// Whether half the maps of zeros stand before the others where a shortcut has no parameters.
  let padsBefore: Bool
  /// Whether a network without an output is taken for this program's.
  var takesHeadless = false

  /// The residual networks for CIFAR of pytorch_resnet_cifar10, and others whose output is `linear`.
  static let akamaster = ResidualConvention(
    name: "akamaster", programs: "pytorch_resnet_cifar10, pytorch-cifar", output: "linear",
    shortcut: "shortcut", padsBefore: true)

  /// torchvision's residual networks, and others whose output is `fc`.
  static let torchvision = ResidualConvention(
    name: "torchvision", programs: "torchvision, timm", output: "fc", shortcut: "downsample",
    padsBefore: false, takesHeadless: true)

  func networks(
    in arrays: NamedArrays, isSaid: Bool
  ) throws(ReadError) -> [any FoundNetwork] {
    let mark = "layer1.0.conv1.weight"
    return arrays.entries.compactMap { entry -> (any FoundNetwork)? in
      guard entry.name.hasSuffix(mark) else { return nil }
      let prefix = String(entry.name.dropLast(mark.count))
      guard prefix.isEmpty || prefix.hasSuffix(".") else { return nil }
      let hasOutput = arrays[prefix + output + ".weight"] != nil
      let others = ["linear", "fc"].contains { arrays[prefix + $0 + ".weight"] != nil }
      guard hasOutput || isSaid || takesHeadless && !others else { return nil }
      do throws(ResidualFault) {
        return try FoundResidual(self, prefix, in: arrays)
      } catch {
        return UnreadNetwork(
          name: FoundResidual.name(prefix, self), conventionName: name,
          text: "a residual network", used: [entry.name],
          reason: "a residual network that is not read: \(error.text)")
      }
    }
  }
}

/// Why a residual network is none of those that can be opened.
struct ResidualFault: Error {
  let text: String
}
