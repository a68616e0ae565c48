/// How the connection stands to the machine where the run that is shown grows.
package enum RemoteStanding: Hashable, Sendable {
  /// What is there is here, a moment ago at the most.
  case connected(_ host: String)
  /// The machine answers, but the run is not there, or not there yet.
  case waiting(_ host: String)
  /// The machine does not answer since a time of the day, and why; it is tried again.
  case lost(_ host: String, since: String, _ problem: String)

  /// The standing in a few words.
  var words: String {
    switch self {
    case .connected(let host): "⇄ \(host)"
    case .waiting(let host): "… waits for \(host)"
    case .lost(_, let since, _): "✕ lost since \(since)"
    }
  }

  /// What is said when it has come to this.
  var message: Message {
    switch self {
    case .connected(let host): Message(.notice, "connected to \(host)")
    case .waiting(let host):
      Message(.notice, "\(host) answers, but has nothing at that path; waiting for it")
    case .lost(let host, _, let problem):
      Message(
        .warning, "\(host): \(problem); what was copied stays, and the connection is tried again")
    }
  }
}
