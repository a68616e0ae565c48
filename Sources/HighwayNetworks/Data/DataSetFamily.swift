/// What is known of data sets by their names.
enum DataSetFamily {
  private static let clothes = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
  ]

  /// The name of the data set in a directory: `Fashion-MNIST` for `fashion-mnist`, `MNIST` for
  /// `mnist-5k`, otherwise the directory's own.
  static func name(ofDirectory path: String) -> String {
    let name = Directory.name(of: path)
    let lower = name.lowercased().filter { $0 != "-" && $0 != "_" }
    if lower.hasPrefix("fashionmnist") { return "Fashion-MNIST" }
    if lower.hasPrefix("mnist") { return "MNIST" }
    if lower.hasPrefix("kmnist") { return "KMNIST" }
    return name
  }

  /// The names of the classes, or `class 0`, `class 1` … where they are not known.
  static func classNames(name: String, atLeast count: Int) -> [String] {
    let known: [String]
    switch name {
    case "Fashion-MNIST": known = clothes
    case "MNIST": known = (0...9).map(String.init)
    default: known = []
    }
    return known.count >= count ? known : (0..<count).map { "class \($0)" }
  }
}
