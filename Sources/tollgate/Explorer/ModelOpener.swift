import ExplorerUI

/// Opens models behind the screen: a data set can take a while to unpack.
final class ModelOpener: Sendable {
  private let worker = SerialWorker()
  private let mailbox: Mailbox
  private let dataPath: String?
  private let sampleLimit: Int

  init(_ mailbox: Mailbox, dataPath: String?, sampleLimit: Int) {
    self.mailbox = mailbox
    self.dataPath = dataPath
    self.sampleLimit = sampleLimit
  }

  /// Answers with `modelOpened`.
  func open(_ model: OpenModel) {
    worker.perform { [self] in finish(model) }
  }

  /// Answers with `modelOpened`, or with `noticed` where there is no such model.
  func open(_ path: String) {
    worker.perform { [self] in
      do {
        finish(try OpenModel(path))
      } catch {
        mailbox.post(.noticed(Message(.failure, Failure(error).line)))
      }
    }
  }

  private func finish(_ model: OpenModel) {
    let session = Session(model, dataPath: dataPath, sampleLimit: sampleLimit)
    mailbox.post(.opened(session), .action(.modelOpened(session.summary()), from: nil))
  }
}
