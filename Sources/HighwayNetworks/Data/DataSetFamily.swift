import TensorFiles

/// What is known of data sets by their names.
enum DataSetFamily {
  /// Each family by the letters and digits that names of its directories and files start with, the longer
  /// before the shorter.
  private static let families: [(prefix: String, name: String)] = [
    ("fashionmnist", "Fashion-MNIST"), ("emnistletters", "EMNIST Letters"),
    ("emnistdigits", "EMNIST Digits"), ("emnistmnist", "EMNIST MNIST"),
    ("emnistbalanced", "EMNIST Balanced"), ("emnistbymerge", "EMNIST ByMerge"),
    ("emnistbyclass", "EMNIST ByClass"), ("emnist", "EMNIST"), ("kuzushijimnist", "KMNIST"),
    ("kmnist", "KMNIST"), ("mnist", "MNIST"), ("cifar100", "CIFAR-100"), ("cifar10", "CIFAR-10"),
    ("kingjamesbible", KingJamesBible.name), ("spokenverses", "Spoken verses"),
  ]

  private static let digits = (0...9).map(String.init)
  private static let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)

  /// The name of the data set at a path: `Fashion-MNIST` for `fashion-mnist`, `MNIST` for `mnist-5k` and
  /// `mnist.npz`, otherwise the directory's or the file's own, without the file's extension.
  static func name(ofPath path: String) -> String {
    var name = Directory.name(of: path)
    for suffix in [".npz", ".npy", ".safetensors", ".gz", ".csv", ".tsv", ".h5", ".hdf5"]
    where name.hasSuffix(suffix) && name != suffix {
      name.removeLast(suffix.count)
    }
    let lower = name.lowercased().filter { $0 != "-" && $0 != "_" }
    return families.first { lower.hasPrefix($0.prefix) }?.name ?? name
  }

  /// The names of the classes, or `class 0`, `class 1` … where they are not known.
  static func classNames(name: String, atLeast count: Int) -> [String] {
    let known = knownClassNames(name)
    return known.count >= count ? known : (0..<count).map { "class \($0)" }
  }

  private static func knownClassNames(_ name: String) -> [String] {
    switch name {
    case "Fashion-MNIST":
      [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
        "Ankle boot",
      ]
    case "MNIST", "EMNIST Digits", "EMNIST MNIST": digits
    // The syllables that the ten characters stand for.
    case "KMNIST": ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"]
    // The labels of letters count from 1.
    case "EMNIST Letters": ["(none)"] + capitals
    // Small letters that look like their capitals are merged with them.
    case "EMNIST Balanced", "EMNIST ByMerge":
      digits + capitals + ["a", "b", "d", "e", "f", "g", "h", "n", "q", "r", "t"]
    case "EMNIST ByClass": digits + capitals + capitals.map { $0.lowercased() }
    case "CIFAR-10":
      [
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
      ]
    default: []
    }
  }
}
