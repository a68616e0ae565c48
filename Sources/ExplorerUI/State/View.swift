/// One of the views, as the state and the commands know it; what it draws and does is in its folder.
package struct View: Hashable, Sendable {
  /// What a view is about, which decides what is computed while it is open.
  package enum Subject: Hashable, Sendable {
    /// The gates over all samples.
    case gates
    /// One sample, and which samples are misclassified.
    case sample
    /// What breaks when gates are held.
    case lesions
    /// The epochs of the model that is open.
    case epochs
    /// Several runs.
    case runs
  }

  /// Its number, from 1, which is its key.
  package let number: Int
  /// The title of the tab.
  package let title: String
  /// What it shows, in one line.
  package let help: String
  /// What it is about.
  package let subject: Subject
  /// Whether Enter shows the unit under the cursor in its place.
  package let showsUnits: Bool

  /// The title as people type it.
  package var word: String { title.lowercased() }
}
