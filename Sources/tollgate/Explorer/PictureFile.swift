import ExplorerUI
import HighwayNetworks
import Libc
import TensorFiles

/// A file that what is shown is written to from inside the explorer.
struct PictureFile {
  private static let worker = SerialWorker()

  let path: String
  /// Whether a file that is there already may be replaced.
  let replaces: Bool

  /// Writes behind the screen; answers as ``Effect/export(path:replaces:)`` says.
  func write(_ state: ExplorerState, answeringTo mailbox: Mailbox) {
    Self.worker.perform { mailbox.post(write(state)) }
  }

  private func write(_ state: ExplorerState) -> Action {
    do {
      if !replaces {
        // A link that leads nowhere is there too.
        var status = stat()
        if unsafe lstat(path.systemPath, &status) == 0 {
          return .exportNeedsConfirmation(path: path)
        }
      }
      guard let format = PictureFormat(path: path) else {
        throw Failure("\(path.excerpt): expected a name that ends in \(PictureFormat.endings)")
      }
      let capabilities = Capabilities(colors: format.colors)
      let picture = ViewPicture(state, size: state.size, capabilities: capabilities)
      try AtomicFile.write(path, picture.contents(format))
      return .noticed(Message(.notice, "wrote \(path)"))
    } catch {
      return .noticed(Message(.failure, Failure(error).line))
    }
  }
}
