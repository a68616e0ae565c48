/// What is to be said of how a data set was read, in words for a person; names from files are excerpts.
package struct DataRemark: Hashable, Sendable {
  /// What it is about, in a word or two.
  package let label: String
  /// What was found.
  package let text: String
  /// Whether files say so, and it does not only seem so.
  package let isCertain: Bool

  /// Classes have no numbers but those that follow from their names.
  static let numberedByNames = DataRemark("classes", "the names that are the labels, in order")

  init(_ label: String, _ text: String, isCertain: Bool = true) {
    self.label = label
    self.text = text
    self.isCertain = isCertain
  }
}
