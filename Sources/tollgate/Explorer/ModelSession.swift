import ExplorerUI
import HighwayNetworks

/// What is open: a network with its samples, or recorded gates.
protocol ModelSession: AnyObject, Sendable {
  /// Whether it lies in no file yet.
  var isNew: Bool { get }
  /// The directory that another program may be writing; nil where there is none.
  var followedPath: String? { get }

  /// What the explorer shows of it before anything is asked.
  func summary() -> ModelSummary
  /// What answers questions about it.
  func source() -> any GateSource
  /// What looks at its directory again; nil where there is none.
  func followed() -> Followed?
}

/// A directory that is followed: a run, or recordings.
enum Followed: Sendable {
  case run(FollowedRun, Session)
  case recordings(FollowedRecordings)

  /// Looks at it again and says what is new.
  mutating func refresh() throws -> FollowedRun.Changes {
    switch self {
    case .run(var run, let session):
      defer { self = .run(run, session) }
      return try run.refresh { session.writtenEpochs }
    case .recordings(var recordings):
      defer { self = .recordings(recordings) }
      return try recordings.refresh()
    }
  }
}

extension Session: ModelSession {
  var isNew: Bool { model.isNew }
  var followedPath: String? { model.run?.path }
  func source() -> any GateSource { ComputedGates(session: self) }
  func followed() -> Followed? { model.run.map { .run(FollowedRun($0), self) } }
}
