private import Synchronization

/// Memory that passes over one architecture hand on to the next: getting new memory from the system takes
/// longer than a pass over few samples.
package final class WorkspacePool: Sendable {
  /// A workspace that nobody uses.
  private struct Free: @unchecked Sendable {
    let workspace: Workspace
  }

  private let free = Mutex<[Free]>([])

  /// Creates an empty pool.
  package init() {}

  /// Takes a workspace out of the pool; nil where there is none.
  func take() -> Workspace? { free.withLock { $0.popLast()?.workspace } }

  /// Puts a workspace back that is used no longer.
  func put(_ workspace: Workspace) {
    let workspace = Free(workspace: workspace)
    free.withLock { $0.append(workspace) }
  }
}
