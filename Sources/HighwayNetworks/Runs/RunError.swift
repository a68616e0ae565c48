public import TensorFiles

/// A way in which a run directory cannot be opened, read or written.
public enum RunError: Error, Hashable, Sendable {
  /// A file or a directory cannot be read or written.
  case file(FileError)
  /// The directory is no run: a file that every run has is not there.
  case notARun(path: String, missing: String)
  /// run.json is wrong.
  case description(path: String, DescriptionError)
  /// A line of metrics.jsonl is wrong; lines count from 1.
  case metrics(path: String, line: Int, DescriptionError)
  /// A line of metrics.jsonl is not UTF-8; lines count from 1.
  case metricsNotText(path: String, line: Int)
  /// No epoch is in the run yet.
  case noEpoch(path: String)
  /// No file of that epoch is in the run.
  case noSuchEpoch(path: String, epoch: Int, recorded: Int)
  /// An epoch beyond the last that can be recorded.
  case epochTooLarge(path: String, limit: Int, found: Int)
  /// A checkpoint, or the training state, is wrong.
  case checkpoint(CheckpointError)
  /// A checkpoint holds another network than run.json describes; both as JSON.
  case architectureDiffers(path: String, expected: String, found: String)
  /// A directory that a new run should go to has something in it.
  case notEmpty(path: String)
  /// Another process writes into the run; nil where it has not said who it is.
  case locked(path: String, holder: RunHolder?)
  /// The file that keeps others from writing into the run has been removed or replaced.
  case lockLost(path: String)
  /// Epochs were trained, but what a resume needs is not there.
  case stateMissing(path: String, epoch: Int)
  /// What a resume needs is of an epoch that metrics.jsonl does not know yet.
  case stateAhead(path: String, state: Int, metrics: Int)
  /// run.json does not say what training needs.
  case notTrainable(path: String, missing: String)
  /// The data set is not one that the run's network can be trained on.
  case data(path: String, SamplesError)
  /// What another rank of the same training failed with.
  case otherRank(Int, String)
}

extension RunError {
  /// What is said of lines of metrics.jsonl that are left out, of which the first has this error.
  package func leavingOut(lines count: Int) -> String {
    "\(self); " + (count == 1 ? "the line is" : "\(count) such lines are") + " left out"
  }
}

extension RunError: CustomStringConvertible {
  /// What is wrong, where, what was expected, what was found, and what to do about it.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .notARun(let path, let missing):
      "\(path.printablePath): not a run, \(missing) is missing; "
        + "give a directory that training wrote, or one .safetensors file"
    case .description(let path, let error): "\(path.printablePath): \(error)"
    case .metrics(let path, let line, let error): "\(path.printablePath), line \(line): \(error)"
    case .metricsNotText(let path, let line): "\(path.printablePath), line \(line): not UTF-8"
    case .noEpoch(let path):
      "\(path.printablePath): the run has no recorded epoch yet; expected epoch-0000.safetensors"
    case .noSuchEpoch(let path, let epoch, let recorded):
      "\(path.printablePath): epoch \(epoch) is not recorded; \(recorded) epochs are"
    case .epochTooLarge(let path, let limit, let found):
      "\(path.printablePath): epoch \(found) cannot be recorded; \(limit) is the last"
    case .checkpoint(let error): error.description
    case .architectureDiffers(let path, let expected, let found):
      "\(path.printablePath): holds another network than run.json describes; "
        + "expected \(expected.excerpt(400)), found \(found.excerpt(400))"
    case .notEmpty(let path):
      "\(path.printablePath): the directory is not empty; choose one that does not exist yet"
    case .locked(let path, let holder):
      "\(path.printablePath): is being written by "
        + (holder.map(\.description) ?? "another process") + "; wait until it ends, or stop it"
    case .lockLost(let path):
      "\(path.printablePath): run.lock was removed or replaced, so another process may be writing here; "
        + "make sure that none does, then continue"
    case .stateMissing(let path, let epoch):
      "\(path.printablePath): epoch \(epoch) is there, but state.safetensors, which a resume needs, is "
        + "missing; train it anew under another path"
    case .stateAhead(let path, let state, let metrics):
      "\(path.printablePath): state.safetensors is of epoch \(state), but metrics.jsonl ends with epoch "
        + "\(metrics); they are not of the same run"
    case .notTrainable(let path, let missing):
      "\(path.printablePath): the run's description has no \(missing), so it cannot be trained"
    case .data(let path, let error): "\(path.printablePath): \(error)"
    case .otherRank(let rank, let text): "rank \(rank): \(text)"
    }
  }
}
