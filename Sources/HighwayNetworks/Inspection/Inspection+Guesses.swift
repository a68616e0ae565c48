import TensorFiles

// What a file of tensors looks like, where it does not say it.
extension Inspection {
  /// Says what network the names and shapes of tensors look like.
  mutating func guessNetwork(_ file: any TensorFile) {
    guard let guess = ArchitectureGuess(file) else {
      unknown.append(
        Finding(
          "architecture", "architecture",
          [
            "the tensors' names are not those of a highway network; expected "
              + "layers.0.weight, layers.1.transform.weight … output.weight"
          ], .null))
      return
    }
    inferred.append(
      Finding(
        "architecture", "architecture",
        guess.assumptions + ["as JSON for the metadata:", guess.architecture.json],
        guess.architecture.document))
    inferData(guess.architecture)
  }

  /// What data sets have images and classes as many as the network takes.
  mutating func inferData(_ architecture: Architecture) {
    guard !confirmed.contains(where: { $0.key == "dataSet" }), let classes = architecture.classes
    else { return }
    let names =
      switch (architecture.input.count, classes) {
      case (784, 10): ["MNIST", "Fashion-MNIST", "KMNIST", "EMNIST Digits"]
      case (784, 26...27): ["EMNIST Letters"]
      case (784, 47): ["EMNIST Balanced", "EMNIST ByMerge"]
      case (784, 62): ["EMNIST ByClass"]
      case (3_072, 10): ["CIFAR-10"]
      case (3_072, 100): ["CIFAR-100"]
      default: [String]()
      }
    guard !names.isEmpty else { return }
    infer(
      "dataSet", "data set",
      "\(names.joined(separator: ", or ")): \(NumberFormat.count(architecture.input.count)) inputs, "
        + "\(classes) classes", .strings(names))
  }
}
