/// The names under which the arrays of a data set are stored.
enum ArrayNames {
  /// What an array of a data set holds.
  struct Role: Hashable {
    let isTest: Bool
    let isLabels: Bool
  }

  /// The pairs of names of images and labels, in the order in which they are named to people.
  private static let pairs: [(images: String, labels: String, isTest: Bool)] = [
    ("x_train", "y_train", false), ("x_test", "y_test", true),
    ("train.images", "train.labels", false), ("test.images", "test.labels", true),
    ("train_images", "train_labels", false), ("test_images", "test_labels", true),
    ("images", "labels", false),
  ]

  /// What an array of a name holds, or nil where the name says nothing; case does not count.
  static func role(_ name: String) -> Role? {
    let name = name.lowercased()
    for pair in pairs {
      if name == pair.images { return Role(isTest: pair.isTest, isLabels: false) }
      if name == pair.labels { return Role(isTest: pair.isTest, isLabels: true) }
    }
    return nil
  }

  /// The name that belongs to the other half of the same pair.
  static func partner(of name: String) -> String {
    let lower = name.lowercased()
    for pair in pairs {
      if lower == pair.images { return pair.labels }
      if lower == pair.labels { return pair.images }
    }
    return name
  }
}
