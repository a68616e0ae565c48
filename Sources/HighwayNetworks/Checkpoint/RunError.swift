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
  /// No file of that epoch is in the run.
  case noSuchEpoch(path: String, epoch: Int, recorded: Int)
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
}

extension RunError: CustomStringConvertible {
  /// What is wrong, where, what was expected, what was found, and what to do about it.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .notARun(let path, let missing):
      "\(path.excerpt): not a run, \(missing) is missing; "
        + "give a directory that training wrote, or one .safetensors file"
    case .description(let path, let error): "\(path.excerpt): \(error)"
    case .metrics(let path, let line, let error): "\(path.excerpt), line \(line): \(error)"
    case .metricsNotText(let path, let line): "\(path.excerpt), line \(line): not UTF-8"
    case .noSuchEpoch(let path, let epoch, let recorded):
      "\(path.excerpt): epoch \(epoch) is not recorded; \(recorded) epochs are"
    case .checkpoint(let error): error.description
    case .architectureDiffers(let path, let expected, let found):
      "\(path.excerpt): holds another network than run.json describes; "
        + "expected \(expected), found \(found)"
    case .notEmpty(let path):
      "\(path.excerpt): the directory is not empty; choose one that does not exist yet"
    case .locked(let path, let holder):
      "\(path.excerpt): is being written by "
        + (holder.map(\.description) ?? "another process") + "; wait until it ends, or stop it"
    case .lockLost(let path):
      "\(path.excerpt): run.lock was removed or replaced, so another process may be writing here; "
        + "see to it that none is, then continue"
    case .stateMissing(let path, let epoch):
      "\(path.excerpt): epoch \(epoch) is there, but state.safetensors, which a resume needs, is "
        + "missing; train it anew under another path"
    }
  }
}
