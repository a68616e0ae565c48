/// What is shown of the list of keys.
package struct Help: Hashable, Sendable {
  /// The number of lines that are scrolled away.
  package var scroll: Int
  /// What the lines are searched for; nil where all are shown.
  package var filter: String?

  /// Opens the list.
  package init(scroll: Int = 0, filter: String? = nil) {
    self.scroll = scroll
    self.filter = filter
  }
}
