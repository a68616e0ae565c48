import ExplorerUI
import HighwayNetworks
import Synchronization

/// Looks at data sets for new networks behind the screen.
final class NewRunData: Sendable {
  private let worker = SerialWorker()
  private let mailbox: Mailbox
  /// How many were asked for; while a path is typed only the last one counts.
  private let requests = Atomic(0)
  /// The data set that was looked at last, which is mostly the one that is trained on.
  private let last = Mutex<(path: String, set: DataSet)?>(nil)

  /// The data set that was named on the command line, with what was said of how to read it.
  private let named: DataPlace?

  init(_ mailbox: Mailbox, named: DataPlace?) {
    self.mailbox = mailbox
    self.named = named
  }

  /// Where a data set is, read as the one of that path that was named.
  func place(_ path: String) -> DataPlace {
    guard let named, [named.path, ModelLocation.shortened(named.path)].contains(path) else {
      return DataPlace(path)
    }
    return named
  }

  /// Answers `dataChecked`; an empty path stands for the data set that comes with the program.
  ///
  /// `found` is where the path that was typed leads.
  func check(_ path: String, at found: String) {
    let number = requests.add(1, ordering: .relaxed).newValue
    worker.perform { [self] in
      guard number == requests.load(ordering: .relaxed) else { return }
      do {
        let place = path.isEmpty ? try shippedData() : found
        let set = try open(place)
        guard set.text == nil else {
          throw Failure("a text: tollgate train --preset kim-small trains on it")
        }
        let data = RunData(
          path: place, name: set.name, input: set.shape, classes: set.classNames.count,
          trainSamples: set.train.count, testSamples: set.test.count)
        mailbox.post(.dataChecked(path: path, .found(data)))
      } catch {
        mailbox.post(.dataChecked(path: path, .failed(Failure(error).line)))
      }
    }
  }

  /// The data set at a path, which can be trained on.
  func open(_ path: String) throws -> DataSet {
    if let last = last.withLock({ $0 }), last.path == path { return last.set }
    let set = try DataSet.openForTraining(place(path))
    last.withLock { $0 = (path, set) }
    return set
  }

  /// The data set that is proposed.
  private func shippedData() throws -> String {
    guard let place = ModelLocation.dataDirectories(name: "MNIST", near: ".").first else {
      // A field of the form has no room for more.
      throw Failure("none is here: type its path")
    }
    return ModelLocation.shortened(place)
  }
}
