/// Trained epochs that a session could not keep any more: the connection was lost, or the program was ended.
package struct Leftover: Hashable, Sendable {
  /// Where they are.
  package var path: String
  /// What the network was called; the text may come from a file.
  package var name: String
  /// The number of epochs.
  package var epochs: Int
  /// The run that they would be kept in.
  package var proposal: String

  /// Describes what was found.
  package init(path: String, name: String, epochs: Int, proposal: String) {
    self.path = path
    self.name = name
    self.epochs = epochs
    self.proposal = proposal
  }

  /// What is asked about them.
  var question: String {
    "\(counted(epochs, "trained epoch")) of \(name) \(epochs == 1 ? "was" : "were") left unsaved by an earlier session: "
      + "y saves them in \(proposal), d deletes them, any other key asks again next time"
  }
}
